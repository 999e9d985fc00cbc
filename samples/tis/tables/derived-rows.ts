import { lockRows } from '../sync/jobs.ts';
import { dayText } from '../time/day.ts';
import { careerOf, type Career } from '../world/career.ts';
import type { Placement } from '../world/placement-facts.ts';
import { placementsOf } from '../world/placement.ts';
import { postAt } from '../world/post.ts';
import { programmeAt } from '../world/programme.ts';
import type { World } from '../world/world.ts';
import { lastBegun } from './placement-rows.ts';
import { orphanTrustId } from './organisation-rows.ts';
import type { RowSource } from './row-source.ts';

/**
 * What the nightly jobs would have left behind. `sync/` does the same by SQL, a night at a time; here it is worked out
 * from the careers, which takes seconds where the SQL takes minutes at full size. A test holds the two against each other.
 */

interface Owner {
  readonly owner: string | null;
  readonly rule: string | null;
}

interface Candidate {
  /** 1 to 6 for P1, P2, P5, P6, P7, P8; then the date, later dates first where the last one counts; then the id. */
  readonly order: readonly [rule: number, date: number, id: number];
  readonly owner: string;
}

const ruleNames = ['P1', 'P2', 'P5', 'P6', 'P7', 'P8'] as const;

/** Who owns a person, by the rule that sync/owner-rule.ts tells. */
function ownerOf(world: World, career: Career): Owner {
  let best: Candidate | undefined;
  const offer = (
    from: number | null,
    to: number | null,
    isPost: boolean,
    id: number,
    owner: string | null,
  ) => {
    const order = owner === null ? undefined : placeInOrder(world.today, from, to, isPost, id);
    if (owner !== null && order !== undefined && (best === undefined || precedes(order, best.order)))
      best = { order, owner };
  };
  for (const membership of career.recorded ? career.memberships : []) {
    const part = membership.ordinal === 0 ? career.bearer?.part : undefined;
    const from = part === 'membership-without-start' ? null : membership.start;
    const to = part === 'membership-without-end' ? null : membership.end;
    offer(from, to, false, membership.programme + 1, programmeAt(world, membership.programme).owner);
  }
  for (const { from, to, post } of ownPlacements(world, career)) {
    if (post === null) continue;
    offer(
      typeof from === 'number' ? from : null,
      typeof to === 'number' ? to : null,
      true,
      post + 1,
      postAt(world, post).owner,
    );
  }
  return best === undefined
    ? { owner: null, rule: null }
    : { owner: best.owner, rule: ruleNames[best.order[0] - 1] ?? null };
}

function placeInOrder(
  today: number,
  from: number | null,
  to: number | null,
  isPost: boolean,
  id: number,
): Candidate['order'] | undefined {
  const rule = isPost ? 2 : 1;
  if (from !== null && to !== null && from <= today && to >= today) return [rule, from, id];
  if (from !== null && from > today) return [rule + 2, from, id];
  if (to !== null && to < today) return [rule + 4, -to, id];
  return undefined;
}

function precedes(a: Candidate['order'], b: Candidate['order']): boolean {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2];
}

/** The placements that name the person: one may have lost its trainee. */
function ownPlacements(world: World, career: Career): readonly Placement[] {
  const placements = placementsOf(world, career.person);
  if (career.bearer?.part !== 'placement-without-trainee') return placements;
  const lost = lastBegun(world, placements);
  return placements.filter((_, at) => at !== lost);
}

const personOwner: RowSource = {
  database: 'tcs',
  table: 'PersonOwner',
  columns: ['id', 'owner', 'rule'],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      const { owner, rule } = ownerOf(world, careerOf(world, person));
      yield [person + 1, owner, rule];
    }
  },
};

type BodyOfPost = (world: World, post: number) => number;

/** Ids of the two trusts of a post: employing bodies are written first, training bodies after all of them. */
const bodies: readonly BodyOfPost[] = [
  (world, post) =>
    world.posts.bearerAt(post)?.part === 'orphan-employer' ? orphanTrustId : postAt(world, post).employer + 1,
  (world, post) => postAt(world, post).trainingBody + 1,
];

const personTrust: RowSource = {
  database: 'tcs',
  table: 'PersonTrust',
  columns: ['id', 'personId', 'trustId'],
  *rows(world) {
    let id = 0;
    for (const bodyOf of bodies) {
      for (let person = 0; person < world.sizes.people; person += 1) {
        const trusts = new Set<number>();
        for (const { post } of ownPlacements(world, careerOf(world, person))) {
          if (post !== null) trusts.add(bodyOf(world, post));
        }
        for (const trust of [...trusts].sort((a, b) => a - b)) {
          id += 1;
          yield [id, person + 1, trust];
        }
      }
    }
  },
};

const postTrust: RowSource = {
  database: 'tcs',
  table: 'PostTrust',
  columns: ['id', 'postId', 'trustId'],
  *rows(world) {
    let id = 0;
    for (const bodyOf of bodies) {
      for (let post = 0; post < world.sizes.posts; post += 1) {
        id += 1;
        yield [id, post + 1, bodyOf(world, post)];
      }
    }
  },
};

/** When each nightly job started last: the lock is taken for a quarter of an hour, however long the job runs. */
export const lockRowSource: RowSource = {
  database: 'tcs',
  table: 'shedlock',
  columns: ['name', 'lock_until', 'locked_at', 'locked_by'],
  rows: (world) => lockRows(dayText(world.today)),
};

export const derivedRows: readonly RowSource[] = [personOwner, personTrust, postTrust, lockRowSource];
