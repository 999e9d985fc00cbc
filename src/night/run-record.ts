import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';
import type { Stage } from './stage.ts';

/** `rehearsed`: it came to its end, and was not to publish (--dry-run); `verified`: it was to compare, and has. */
export type RunOutcome = 'running' | 'published' | 'rehearsed' | 'verified' | 'held' | 'failed' | 'stopped';

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

/** From here on what is published counts as stale, for the consumers that asked to be refused then. */
export async function markNightBegun(session: Session, run: number): Promise<void> {
  await session.query(during, 'insert into nightjar.night_begun (run) values ($1)', [run]);
}

export async function writeStage(
  session: Session,
  run: number,
  stage: Stage,
  seconds: Readonly<Partial<Record<Stage, number>>>,
): Promise<void> {
  await session.query(
    during,
    `update nightjar.run set stage = $2, stage_seconds = $3, stage_began_at = clock_timestamp(), progress = '{}'
      where number = $1`,
    [run, stage, JSON.stringify(seconds)],
  );
}

export interface RunEnd {
  readonly outcome: RunOutcome;
  /** `undefined`: as far as they are written down. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>> | undefined;
  readonly generation: number | undefined;
  readonly error: NightjarError | undefined;
}

export async function endRun(session: Session, run: number, end: RunEnd): Promise<void> {
  await session.query(
    during,
    `update nightjar.run set outcome = $2, stage_seconds = coalesce($3, stage_seconds), generation = $4, error_code = $5, error_sentence = $6,
            ended_at = clock_timestamp() where number = $1`,
    [
      run,
      end.outcome,
      end.seconds === undefined ? null : JSON.stringify(end.seconds),
      end.generation ?? null,
      end.error?.code ?? null,
      end.error?.message ?? null,
    ],
  );
}

/** Ends, in the record, the runs of runners that are no more. Only for who holds the lease. */
export async function endDisappearedRuns(session: Session): Promise<readonly number[]> {
  const gone = await session.query<{ number: number; generation: number | null }>(
    during,
    `select r.number, j.generation from nightjar.run r
       left join nightjar.journal j on j.run = r.number and j.kind = 'publish'
      where r.outcome = 'running' order by r.number`,
  );
  for (const { number, generation } of gone) {
    // The journal is the truth about what was published: a run may have been killed just after its switch.
    const published = generation !== null;
    await endRun(session, number, {
      outcome: published ? 'published' : 'failed',
      seconds: undefined,
      generation: generation ?? undefined,
      error: published ? undefined : nightjarError('NJ-NIGHT-DISAPPEARED', { run: number }),
    });
  }
  return gone.map((run) => run.number);
}

/** The end of the stage that lists the faults of what a run has built: that of an approval is beside the run. */
export async function recordReported(session: Session, run: number, seconds: number): Promise<void> {
  await session.query(
    during,
    "update nightjar.run set stage_seconds = stage_seconds || jsonb_build_object('report', $2::float8) where number = $1",
    [run, seconds],
  );
}

/** The run that built a generation, and whether the faults of that are all listed: the stage that does has ended. */
export async function faultReport(
  session: Session,
  generation: number,
): Promise<{ readonly run: number; readonly isListed: boolean }> {
  return session.one<{ run: number; isListed: boolean }>(
    'the look-up of whether faults are listed',
    `select r.number as run, r.stage_seconds ? 'report' as "isListed"
       from nightjar.run r join nightjar.generation g on g.run = r.number where g.number = $1`,
    [generation],
  );
}

/** A run that was held, and the generation that somebody's approval published all the same. */
export interface ApprovedRun {
  readonly run: number;
  readonly generation: number;
}

/**
 * Writes down that runs which were held have published after all; how long their stages took stays as it was. The journal
 * is the truth here too: whoever approved may have died just after the switch. Only for who holds the lease.
 */
export async function recordApproved(session: Session): Promise<readonly ApprovedRun[]> {
  return session.query<{ run: number; generation: number }>(
    during,
    `update nightjar.run r
        set outcome = 'published', generation = j.generation, error_code = null, error_sentence = null
       from nightjar.journal j
      where j.run = r.number and j.kind = 'publish' and r.outcome = 'held'
      returning r.number as run, j.generation`,
  );
}
