import type { Session } from '../warehouse/session.ts';
import type { RunOutcome } from './run-record.ts';
import type { Stage } from './stage.ts';
import { noProgress, type StageProgress } from './stage-progress.ts';

/** A run as `nightjar status` tells of it. */
export interface RunSummary {
  readonly number: number;
  readonly night: string;
  readonly release: string;
  readonly stage: Stage;
  readonly outcome: RunOutcome;
  /** False for a run without an end whose runner is no more. */
  readonly alive: boolean;
  readonly startedAt: Date;
  readonly stageBeganAt: Date;
  /** How far the stage has come, for a run at work. */
  readonly progress: StageProgress;
  readonly endedAt: Date | null;
  readonly generation: number | null;
  readonly errorCode: string | null;
  readonly errorSentence: string | null;
}

/** The latest runs, the newest first. */
export async function lastRuns(session: Session, limit: number): Promise<readonly RunSummary[]> {
  return session.query<{
    number: number;
    night: string;
    release: string;
    stage: Stage;
    outcome: RunOutcome;
    alive: boolean;
    startedAt: Date;
    stageBeganAt: Date;
    progress: StageProgress;
    endedAt: Date | null;
    generation: number | null;
    errorCode: string | null;
    errorSentence: string | null;
  }>(
    'the look-up of the latest runs',
    `select number, night::text, release, stage, outcome,
            outcome = 'running' and exists (
              select from nightjar.fence f join pg_stat_get_activity(f.lease_pid) a on a.backend_start = f.lease_began
               where f.number = run.fence) as alive,
            started_at as "startedAt",
            stage_began_at as "stageBeganAt", $2::jsonb || progress as progress, ended_at as "endedAt", generation,
            error_code as "errorCode", error_sentence as "errorSentence"
       from nightjar.run order by number desc limit $1`,
    [limit, JSON.stringify(noProgress)],
  );
}

/** The hold that a rollback set. */
export async function currentHold(
  session: Session,
): Promise<{ readonly reason: string; readonly since: Date } | undefined> {
  const [hold] = await session.query<{ reason: string; since: Date }>(
    'the look-up of a hold',
    'select reason, since from nightjar.hold',
  );
  return hold;
}
