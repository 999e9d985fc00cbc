import { byGravity, judgementName, isFailed, type Judgement } from '../audit/judgement.ts';
import { recordJudgements } from '../audit/judgement-record.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';
import type { NightEvent } from './night-event.ts';
import { supersedeHeld } from './clean-up.ts';

interface JudgedCandidate {
  readonly fence: number;
  readonly generation: number;
  readonly base: number | undefined;
  readonly judgements: readonly Judgement[];
  readonly dryRun: boolean;
  readonly onEvent: (event: NightEvent) => void;
}

/**
 * Lets a candidate go on to its publication, or holds it: it is then kept for whoever decides about it, in the place of any
 * that was held before. Throws NJ-GUARD-HELD, NJ-GUARD-REHEARSED.
 */
export async function decide(session: Session, candidate: JudgedCandidate): Promise<void> {
  const { generation, base, judgements, fence } = candidate;
  await recordJudgements(session, generation, base, judgements);
  const failed = byGravity(judgements.filter(isFailed)).map((one) => ({
    name: judgementName(one),
    sentence: one.sentence,
  }));
  if (failed.length === 0) return;
  candidate.onEvent({ kind: 'held' });
  if (candidate.dryRun) throw nightjarError('NJ-GUARD-REHEARSED', { failed });
  await session.query(
    'the holding of the candidate',
    "update nightjar.generation set state = 'held' where number = $1 and state = 'audited'",
    [generation],
  );
  await supersedeHeld(session, fence, generation);
  throw nightjarError('NJ-GUARD-HELD', { generation, failed });
}
