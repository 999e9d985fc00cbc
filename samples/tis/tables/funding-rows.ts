import type { Row } from '../database/cell.ts';
import { Dice, stream } from '../random/dice.ts';
import { fundingReasons, fundingSubTypes, fundingTypes } from '../reference/code-lists.ts';
import { dayOf, dayText, yearOf, type Day } from '../time/day.ts';
import { postAt } from '../world/post.ts';
import type { World } from '../world/world.ts';
import { orphanTrustId } from './organisation-rows.ts';
import { unparsedIds } from './programme-rows.ts';
import { referenceUuid } from './reference-rows.ts';

const fundingStream = stream('funding');

export interface Funding {
  readonly start: Day;
  readonly end: Day | null;
  readonly type: string;
  readonly body: string | null;
  readonly details: string | null;
  readonly subType: number | null;
  readonly reason: number | null;
}

/** Labels as somebody typed them in (H15). */
const driftedLabels = ['Funded - Non-Tariff', 'HEE Funded - Non-Tariff', 'TARIFF', 'tariff'] as const;
const unknownLabel = 'Deanery 2009';

/** A post's fundings, one after another without a gap; the faults are planted in the last. */
export function fundingsOf(world: World, post: number): readonly Funding[] {
  const dice = new Dice(world.seed, fundingStream, post);
  const { bearer, trainingBody } = postAt(world, post);
  const part = bearer?.part;
  const year = yearOf(world.today);
  // The endings around today are planted (they make the nightly job write), so nobody else's may fall there.
  const restless = part === 'funding-ended-yesterday' || part === 'funding-ends-today';
  const count = part === 'eightfold' || dice.chance(0.42) ? 2 : dice.chance(0.22) ? 3 : 1;
  const fundings: Funding[] = [];
  let start = dayOf(2005 + dice.below(8), 4, 1);
  for (let turn = 1; turn <= count; turn += 1) {
    const isLast = turn === count;
    const next = dayOf(Math.min(yearOf(start) + 2 + dice.below(4), year - 1 - (count - turn)), 4, 1);
    const open = restless
      ? null
      : dice.chance(0.75)
        ? null
        : dice.chance(0.5)
          ? next - 1
          : dayOf(year + 1 + dice.below(3), 3, 30);
    const end =
      part === 'funding-ended-yesterday'
        ? world.today - 1
        : part === 'funding-ends-today'
          ? world.today
          : open;
    fundings.push({
      start,
      end: isLast ? end : next - 1,
      type: label(dice, isLast ? part : undefined, bearer?.ordinal ?? 0),
      body: body(dice, isLast ? part : undefined, bearer?.ordinal ?? 0, trainingBody),
      details: dice.chance(0.05) ? 'Agreed with the trust.' : null,
      subType: dice.chance(0.4) ? dice.below(fundingSubTypes.length) : null,
      reason: dice.chance(0.2) ? dice.below(fundingReasons.length) : null,
    });
    start = next;
  }
  return fundings;
}

function label(dice: Dice, part: string | undefined, ordinal: number): string {
  if (part === 'drifted-funding-label') return driftedLabels[ordinal % driftedLabels.length] ?? 'TARIFF';
  if (part === 'unknown-funding-label') return unknownLabel;
  return dice.pick(fundingTypes)[1];
}

/** An id, as text (H5). */
function body(dice: Dice, part: string | undefined, ordinal: number, trainingBody: number): string | null {
  if (part === 'funding-body-unparsed') return unparsedIds[ordinal % unparsedIds.length] ?? '-';
  if (part === 'funding-body-orphan') return String(orphanTrustId);
  return dice.chance(0.8) ? String(trainingBody + 1) : null;
}

/** As the nightly job leaves it, but for the posts whose stored status went stale (H19). */
export function fundingStatus(world: World, post: number): string {
  const funded = fundingsOf(world, post).some(
    ({ start, end }) => start <= world.today && (end === null || end >= world.today),
  );
  const isStale = world.posts.bearerAt(post)?.part === 'stale-funding-status';
  return funded !== isStale ? 'CURRENT' : 'INACTIVE';
}

export function fundingRow(world: World, id: number, post: number, funding: Funding): Row {
  return [
    id,
    dayText(funding.start),
    funding.end === null ? null : dayText(funding.end),
    id % 4 === 0 ? String(400_000 + id) : null,
    post + 1,
    funding.type,
    funding.details,
    funding.body,
    funding.subType === null ? null : referenceUuid(world, 'FundingSubType', funding.subType),
    funding.reason === null ? null : referenceUuid(world, 'FundingReason', funding.reason),
  ];
}
