import { crashPoint } from '../error/crash-point.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import { dropRawSchema, rawSchemaName } from '../extract/raw-schema.ts';
import { dropUnlessLocked } from '../publish/drop-generation.ts';
import { fenced } from '../publish/fenced.ts';
import { withLockTimeout } from '../warehouse/lock-timeout.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * Takes away what runs that did not publish left: raw schemas, and candidates that no consumer was ever switched to.
 * Only for who holds the lease: it would take away another run's.
 */
export async function cleanUp(session: Session, fence: number): Promise<void> {
  const during = 'the search for what earlier runs left';
  await fenced(session, during, fence, 'select nightjar.discard($1)', [fence]);
  crashPoint('clean-up.discarded');
  await dropOldRaw(session, undefined);
  await dropDiscarded(session, undefined);
  crashPoint('clean-up.dropped');
}

/** Takes away what one run left that did not publish. Its own: also after another has taken its lease. */
export async function cleanUpAfter(session: Session, run: number, keepRaw: boolean): Promise<void> {
  // First, and by an UPDATE: where its publication is still being decided this waits for it, and then finds it published.
  await session.query(
    'the discarding of the candidate',
    "update nightjar.generation set state = 'discarded' where run = $1 and state in ('building', 'audited')",
    [run],
  );
  if (!keepRaw) await dropRaw(session, rawSchemaName(run));
  await dropDiscarded(session, run);
}

/** Gives up the held candidates that another candidate has taken the place of. */
export async function supersedeHeld(session: Session, fence: number, generation: number): Promise<void> {
  const during = 'the discarding of held candidates';
  await fenced(session, during, fence, 'select nightjar.discard_held($1, $2)', [fence, generation]);
  await dropDiscarded(session, undefined);
  await dropOldRaw(session, generation);
}

/** The raw tables of runs that are over, but for those of a held candidate, and of the generation named. */
async function dropOldRaw(session: Session, but: number | undefined): Promise<void> {
  const schemas = await session.query<{ name: string }>(
    'the search for raw tables that earlier runs left',
    `select nspname as name from pg_namespace
      where nspname ~ '^raw_[0-9]+$' and pg_get_userbyid(nspowner) = current_user
        and not exists (select from nightjar.generation g
                         where 'raw_' || g.run = nspname and (g.state = 'held' or g.number = $1))`,
    [but ?? null],
  );
  for (const { name } of schemas) await dropRaw(session, name);
}

/** Takes away the raw tables of a candidate that nobody waits for any more. */
export async function dropRawOf(session: Session, run: number): Promise<void> {
  await dropRaw(session, rawSchemaName(run));
}

/** Whoever looks into a raw table by hand keeps it until the next run. */
async function dropRaw(session: Session, schema: string): Promise<void> {
  try {
    await withLockTimeout(session, '2s', () => dropRawSchema(session, schema));
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-LOCKED') throw error;
  }
}

/** Discarded candidates whose schema is still there: all of them, or one run's. */
export async function dropDiscarded(session: Session, run: number | undefined): Promise<void> {
  const discarded = await session.query<{ number: number }>(
    'the search for discarded candidates',
    `select g.number from nightjar.generation g join pg_namespace n on n.nspname = 'generation_' || g.number
      where g.state = 'discarded' and ($1::bigint is null or g.run = $1) order by g.number`,
    [run ?? null],
  );
  for (const { number } of discarded) await dropUnlessLocked(session, number);
}
