import type { Session } from '../warehouse/session.ts';
import { stages, type Stage } from './stage.ts';
import type { StageProgress } from './stage-progress.ts';

/** What the latest run that published tells about the next one. */
export interface Expectation {
  /** Rows that it read from the sources. */
  readonly rows: number;
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
}

/** `undefined` where no run has published yet. */
export async function expectation(session: Session): Promise<Expectation | undefined> {
  const [latest] = await session.query<{ rows: number; seconds: Partial<Record<Stage, number>> }>(
    'the look-up of how long a run takes',
    `select r.stage_seconds as seconds,
            (select coalesce(sum(t.received), 0)::bigint from nightjar.raw_table t where t.run = r.number) as rows
       from nightjar.run r where r.outcome = 'published' order by r.number desc limit 1`,
  );
  return latest;
}

/**
 * Seconds that a run will still take: the rest of the rows at the rate so far, and for everything else what the latest
 * run took. `undefined` where there is nothing to go by.
 *
 * @param elapsed seconds since the stage began.
 */
export function secondsLeft(
  expected: Expectation | undefined,
  stage: Stage,
  elapsed: number,
  progress: StageProgress,
): number | undefined {
  const usual = expected?.seconds[stage];
  if (expected === undefined || usual === undefined) return undefined;
  const ofStage =
    stage === 'extract' && progress.rows > 0
      ? (Math.max(0, expected.rows - progress.rows) * elapsed) / progress.rows
      : Math.max(0, usual - elapsed);
  const later = stages.slice(stages.indexOf(stage) + 1).map((next) => expected.seconds[next] ?? 0);
  return later.reduce((sum, seconds) => sum + seconds, ofStage);
}
