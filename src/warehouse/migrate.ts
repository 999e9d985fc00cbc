import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { despiteReaders } from './despite-readers.ts';
import { sqlstateOf, warehouseFault } from './fault.ts';
import type { Session } from './session.ts';

const folder = new URL('./migrations/', import.meta.url);
const during = 'the preparation of the control schema';

const createSchema = 'create schema if not exists nightjar';
const createMigrationTable = `create table if not exists nightjar.migration (
  number integer primary key, name text not null, breaking boolean not null, digest text not null,
  applied_at timestamptz not null default clock_timestamp())`;

/** A numbered file of `migrations`. */
export interface Step {
  readonly number: number;
  readonly name: string;
  /** A release that does not know this step must not work here: its first line says `-- breaking`. */
  readonly breaking: boolean;
  readonly sql: string;
  /** Of the SQL: a step that was applied is never changed, only followed by another. */
  readonly digest: string;
}

/**
 * Brings the control schema `nightjar` to the step this release knows, each step in a transaction of its own.
 * Throws NJ-WAREHOUSE-NEWER where a newer release left a step that this one cannot live with, NJ-WAREHOUSE-STEP-DIFFERS
 * where a step was applied in another form, NJ-PUBLISH-VIEW-LOCKED.
 */
export async function migrate(session: Session): Promise<void> {
  await createOnce(session, createSchema);
  await createOnce(session, createMigrationTable);
  for (const step of (await controlSchemaState(session)).pending) await takeStep(session, step);
}

/** How far the control schema has come. */
export interface ControlSchemaState {
  /** Whether it is there at all. */
  readonly exists: boolean;
  /** The steps that the next run will take, in order. */
  readonly pending: readonly Step[];
}

/** Looks how far the control schema has come, and changes nothing. Throws as `migrate` does. */
export async function controlSchemaState(session: Session): Promise<ControlSchemaState> {
  const steps = await readSteps();
  const known = steps.at(-1)?.number ?? 0;
  const { exists } = await session.one<{ exists: boolean }>(
    during,
    "select to_regclass('nightjar.migration') is not null as exists",
  );
  const applied = exists ? await appliedSteps(session) : [];
  const foreign = applied.filter((step) => step.number > known && step.breaking).at(-1);
  if (foreign !== undefined) {
    throw nightjarError('NJ-WAREHOUSE-NEWER', { database: session.address, found: foreign.number, known });
  }
  const done = new Map(applied.map((step) => [step.number, step.digest]));
  for (const step of steps) {
    const digest = done.get(step.number);
    if (digest !== undefined && digest !== step.digest)
      throw nightjarError('NJ-WAREHOUSE-STEP-DIFFERS', { database: session.address, step: step.name });
  }
  return { exists, pending: steps.filter((step) => !done.has(step.number)) };
}

/**
 * For whoever only looks: throws NJ-WAREHOUSE-OLDER where the control schema has not come as far as this release, and
 * what `migrate` throws.
 */
export async function requireCurrent(session: Session): Promise<void> {
  const { pending } = await controlSchemaState(session);
  if (pending.length === 0) return;
  throw nightjarError('NJ-WAREHOUSE-OLDER', {
    database: session.address,
    missing: pending.map((step) => step.name),
  });
}

/**
 * Takes the pending steps inside the caller's transaction, which is to be rolled back: what the control schema will be
 * at the next run, for a look.
 */
export async function rehearseMigration(session: Session, state: ControlSchemaState): Promise<void> {
  // Nobody is to wait behind a mere look: whoever holds a lock that a step needs makes it fail.
  await session.query(during, "set local lock_timeout = '300ms'");
  if (!state.exists) await session.query(during, createSchema);
  for (const step of state.pending) await session.query(during, step.sql);
}

async function appliedSteps(
  session: Session,
): Promise<readonly { number: number; breaking: boolean; digest: string }[]> {
  return session.query<{ number: number; breaking: boolean; digest: string }>(
    during,
    'select number, breaking, digest from nightjar.migration order by number',
  );
}

/** Two that create at the same time: IF NOT EXISTS does not keep the second from a unique violation. */
async function createOnce(session: Session, sql: string): Promise<void> {
  try {
    await session.raw(sql);
  } catch (error) {
    if (!['23505', '42710', '42P06', '42P07'].includes(sqlstateOf(error) ?? ''))
      throw warehouseFault(error, during);
  }
}

/**
 * Takes a step of the control schema, unless it has been taken. What consumers read, and what their transactions keep
 * locked, stops it no more than a publication. Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function takeStep(session: Session, step: Step): Promise<void> {
  await despiteReaders(session, `the control schema (step ${step.name})`, () => apply(session, step));
  crashPoint('migrate.step-committed');
}

async function apply(session: Session, step: Step): Promise<void> {
  await session.transaction(during, async () => {
    // Should we be paused here, nobody is kept waiting for longer.
    await session.query(during, "set local idle_in_transaction_session_timeout = '30s'");
    // One at a time: another run, or "nightjar check", may have come to the same new warehouse.
    await session.query(during, "set local lock_timeout = '10s'");
    await session.query(during, 'lock table nightjar.migration in share row exclusive mode');
    const found = await session.query(during, 'select from nightjar.migration where number = $1', [
      step.number,
    ]);
    if (found.length > 0) return;
    await session.query(during, "set local lock_timeout = '300ms'");
    await session.query(during, step.sql);
    await session.query(
      during,
      'insert into nightjar.migration (number, name, breaking, digest) values ($1, $2, $3, $4)',
      [step.number, step.name, step.breaking, step.digest],
    );
    crashPoint('migrate.step-made');
  });
}

async function readSteps(): Promise<readonly Step[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      const digest = createHash('sha256').update(sql).digest('hex');
      return { number: Number(name.slice(0, 4)), name, breaking: sql.startsWith('-- breaking'), sql, digest };
    }),
  );
}
