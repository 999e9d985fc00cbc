import type { Guard, Verdict } from '../audit/judgement.ts';
import type { Session } from '../warehouse/session.ts';

/** A candidate that the guards held. */
export interface HeldCandidate {
  readonly generation: number;
  readonly run: number;
  readonly asOf: string;
  readonly release: string;
  readonly judgedAt: Date;
  /** The published generation that it was judged against; null where nothing was published. */
  readonly against: number | null;
}

/** A judgement as it was written down, and who excused it. */
export interface RecordedJudgement {
  readonly name: string;
  readonly guard: Guard;
  readonly dataset: string | null;
  readonly subject: string | null;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly found: number;
  readonly allowed: number;
  readonly sample: readonly string[];
  readonly sql: string | null;
  readonly approvedBy: string | null;
}

/** The candidate that waits for a decision; `undefined` where none does. */
export async function heldCandidate(session: Session): Promise<HeldCandidate | undefined> {
  const [held] = await session.query<{
    generation: number;
    run: number;
    asOf: string;
    release: string;
    judgedAt: Date;
    against: number | null;
  }>(
    'the look-up of the held candidate',
    `select number as generation, run, as_of::text as "asOf", release, judged_at as "judgedAt", judged_against as against
       from nightjar.generation where state = 'held' order by number desc limit 1`,
  );
  return held;
}

/** What was said of a candidate, in the order in which it is told. */
export async function judgementsOf(
  session: Session,
  generation: number,
): Promise<readonly RecordedJudgement[]> {
  return session.query<{
    name: string;
    guard: Guard;
    dataset: string | null;
    subject: string | null;
    verdict: Verdict;
    sentence: string;
    found: number;
    allowed: number;
    sample: string[];
    sql: string | null;
    approvedBy: string | null;
  }>(
    'the look-up of the judgements',
    `select j.name, j.guard, j.dataset, j.subject, j.verdict, j.sentence, j.found, j.allowed, j.sample, j.sql,
            (select d.person from nightjar.decision d
              where d.kind = 'approve' and d.generation = j.generation and d.judgement = j.name
                and d.against is not distinct from g.judged_against
              order by d.entry desc limit 1) as "approvedBy"
       from nightjar.judgement j join nightjar.generation g on g.number = j.generation
      where j.generation = $1 order by j.ordinal`,
    [generation],
  );
}
