import type { Session } from './session.ts';

/** Runs `work` with a bound on how long a statement of it waits for a lock; beyond it NJ-WAREHOUSE-LOCKED is thrown. */
export async function withLockTimeout<Result>(
  session: Session,
  timeout: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const set = "select set_config('lock_timeout', $1, false)";
  await session.query('the setting of a lock time-out', set, [timeout]);
  try {
    return await work();
  } finally {
    // Where this fails the session is of no more use.
    await session.decide('reset lock_timeout').catch(() => undefined);
  }
}
