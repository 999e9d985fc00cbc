import { assessmentListRows } from './assessment-list-rows.ts';
import { assessmentRows } from './assessment-rows.ts';
import { derivedRows, lockRowSource } from './derived-rows.ts';
import { membershipRows } from './membership-rows.ts';
import { organisationRows } from './organisation-rows.ts';
import { personDetailRows } from './person-detail-rows.ts';
import { personRows } from './person-rows.ts';
import { placementRows } from './placement-rows.ts';
import { postRows } from './post-rows.ts';
import { programmeRows } from './programme-rows.ts';
import { referenceRows } from './reference-rows.ts';
import type { RowSource } from './row-source.ts';
import { trainerRows } from './trainer-rows.ts';

/** How every table is filled. The large ones first, so that no core waits for the last. */
export const rowSources: readonly RowSource[] = [
  ...placementRows,
  ...assessmentRows,
  ...personRows,
  ...personDetailRows,
  ...membershipRows,
  ...postRows,
  ...derivedRows,
  ...trainerRows,
  ...programmeRows,
  ...organisationRows,
  ...referenceRows,
  ...assessmentListRows,
];

/** Comes last: it says which day the sample has come to, and so that it was made to the end. */
export const lastSource: RowSource = lockRowSource;
