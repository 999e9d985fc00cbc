import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { HeldCandidate } from '../publish/held-candidate.ts';
import { dateOf, tonight } from './tonight.ts';

/** What an approval of a held candidate would be for. */
export interface PresentState {
  /** The published generation. */
  readonly published: number | undefined;
  /** See `switchedSinceJudged`. */
  readonly switchedSince: boolean;
  /** The release of these files: see `releaseName`. */
  readonly release: string;
  readonly timeZone: string;
}

/**
 * Why a held candidate can no longer be approved: an approval is for what was published when it was judged, for the day on
 * which it was, and for this release. `undefined`: it can.
 */
export function noLongerMeant(
  held: HeldCandidate,
  { published, switchedSince, release, timeZone }: PresentState,
): NightjarError | undefined {
  const { generation, against } = held;
  const today = tonight(timeZone);
  const judged = dateOf(held.judgedAt, timeZone);
  if (judged < today) return nightjarError('NJ-GUARD-NIGHT-OVER', { generation, judged, today });
  if (held.release !== release)
    return nightjarError('NJ-GUARD-OTHER-RELEASE', { generation, built: held.release, here: release });
  if ((published ?? null) === against && !switchedSince) return undefined;
  return nightjarError('NJ-GUARD-VOID', {
    ...{ generation, against: generationWords(against), published: generationWords(published) },
  });
}

function generationWords(number: number | null | undefined): string {
  return number === null || number === undefined ? 'nothing' : `generation ${number}`;
}
