import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';
import type { Stage } from './stage.ts';

export type RunOutcome = 'running' | 'published' | 'held' | 'failed' | 'stopped';

const during = 'the record of the run';

/** Writes down that a run has begun; gives its number. */
export async function beginRun(
  session: Session,
  asOf: string,
  release: string,
  fence: number,
): Promise<number> {
  const { number } = await session.one<{ number: number }>(
    during,
    "insert into nightjar.run (night, release, fence, stage) values ($1, $2, $3, 'prepare') returning number",
    [asOf, release, fence],
  );
  return number;
}

export async function writeStage(
  session: Session,
  run: number,
  stage: Stage,
  seconds: Readonly<Partial<Record<Stage, number>>>,
): Promise<void> {
  await session.query(during, 'update nightjar.run set stage = $2, stage_seconds = $3 where number = $1', [
    run,
    stage,
    JSON.stringify(seconds),
  ]);
}

export async function endRun(
  session: Session,
  run: number,
  end: {
    readonly outcome: RunOutcome;
    readonly seconds: Readonly<Partial<Record<Stage, number>>>;
    readonly generation: number | undefined;
    readonly error: NightjarError | undefined;
  },
): Promise<void> {
  await session.query(
    during,
    `update nightjar.run set outcome = $2, stage_seconds = $3, generation = $4, error_code = $5, error_sentence = $6,
            ended_at = clock_timestamp() where number = $1`,
    [
      run,
      end.outcome,
      JSON.stringify(end.seconds),
      end.generation ?? null,
      end.error?.code ?? null,
      end.error?.message ?? null,
    ],
  );
}

/** Ends, in the record, the runs of runners that are no more. Only for who holds the lease. */
export async function endDisappearedRuns(session: Session): Promise<readonly number[]> {
  const gone = await session.query<{ number: number }>(
    during,
    "select number from nightjar.run where outcome = 'running' order by number",
  );
  for (const { number } of gone) {
    await endRun(session, number, {
      outcome: 'failed',
      seconds: {},
      generation: undefined,
      error: nightjarError('NJ-NIGHT-DISAPPEARED', { run: number }),
    });
  }
  return gone.map((run) => run.number);
}
