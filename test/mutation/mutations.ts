import type { Mutation } from './mutation.ts';
import { candidateMutations } from './mutations/candidates.ts';
import { decisionMutations } from './mutations/decisions.ts';
import { fenceMutations } from './mutations/fences.ts';
import { guardMutations } from './mutations/guards.ts';
import { readerMutations } from './mutations/readers.ts';
import { recordMutations } from './mutations/records.ts';

/** All, in the order of the night. */
export const mutations: readonly Mutation[] = [
  ...candidateMutations,
  ...guardMutations,
  ...decisionMutations,
  ...fenceMutations,
  ...readerMutations,
  ...recordMutations,
];
