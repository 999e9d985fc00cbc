import type { Bearer } from '../hazards/plan.ts';
import type { PostPart } from '../hazards/parts.ts';
import { Dice, stream } from '../random/dice.ts';
import { trainings } from '../reference/training.ts';
import { siteOfTrust, trustOfOffice } from './organisation.ts';
import { ownerText, specialtyOfProgramme } from './programme.ts';
import { remembered } from './remember.ts';
import type { World } from './world.ts';

const postStream = stream('post');
const programmeTrustStream = stream('programme-trust');

/** Posts are dealt out to the programmes in turn: this many each, as long as there are enough. */
export function postsOfProgramme(world: World): number {
  return Math.max(1, Math.floor(world.sizes.posts / world.sizes.programmes));
}

/** One of a programme's own posts, chosen by any number. */
export function postOfProgramme(world: World, programme: number, choice: number): number {
  return programme + world.sizes.programmes * (choice % postsOfProgramme(world));
}

export function programmeOfPost(world: World, post: number): number {
  return post % world.sizes.programmes;
}

export interface Post {
  readonly programme: number;
  readonly employer: number;
  readonly trainingBody: number;
  readonly site: number;
  readonly grade: string;
  readonly specialty: number;
  readonly owner: string | null;
  readonly bearer: Bearer<PostPart> | undefined;
}

/** What others than the post's own row need to know of it. */
export const postAt = remembered(makePost);

function makePost(world: World, index: number): Post {
  const programme = programmeOfPost(world, index);
  const office = world.programmes.officeOf(programme);
  const dice = new Dice(world.seed, postStream, index);
  const ofProgramme = new Dice(world.seed, programmeTrustStream, programme);
  // One lead employer for the whole programme; its doctors are trained in a few trusts near by.
  const employer = trustOfOffice(world, office, ofProgramme.below(1000));
  const trainingBody = trustOfOffice(world, office, ofProgramme.below(1000) + dice.below(4));
  const grades = trainings[world.programmes.kindOf(programme)].grades;
  const bearer = world.posts.bearerAt(index);
  return {
    programme,
    employer,
    trainingBody,
    site: siteOfTrust(world, trainingBody, dice.below(8)),
    grade: dice.pick(grades),
    specialty: specialtyOfProgramme(world, programme),
    owner: ownerText(office, bearer?.part, bearer?.ordinal ?? 0),
    bearer,
  };
}
