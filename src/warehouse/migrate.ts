import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { nightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf, warehouseFault } from './fault.ts';
import type { Session } from './session.ts';

const folder = new URL('./migrations/', import.meta.url);
const during = 'the preparation of the control schema';

interface Step {
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
 * where a step was applied in another form.
 */
export async function migrate(session: Session): Promise<void> {
  const steps = await readSteps();
  const known = steps.at(-1)?.number ?? 0;
  await createOnce(session, 'create schema if not exists nightjar');
  await createOnce(
    session,
    `create table if not exists nightjar.migration (
       number integer primary key, name text not null, breaking boolean not null, digest text not null,
       applied_at timestamptz not null default clock_timestamp())`,
  );
  const applied = await session.query<{ number: number; breaking: boolean; digest: string }>(
    during,
    'select number, breaking, digest from nightjar.migration order by number',
  );
  const foreign = applied.filter((step) => step.number > known && step.breaking).at(-1);
  if (foreign !== undefined) {
    throw nightjarError('NJ-WAREHOUSE-NEWER', { database: session.address, found: foreign.number, known });
  }
  const done = new Map(applied.map((step) => [step.number, step.digest]));
  for (const step of steps) {
    const digest = done.get(step.number);
    if (digest === undefined) await apply(session, step);
    else if (digest !== step.digest)
      throw nightjarError('NJ-WAREHOUSE-STEP-DIFFERS', { database: session.address, step: step.name });
  }
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

async function apply(session: Session, step: Step): Promise<void> {
  await session.transaction(during, async () => {
    // One at a time: another run, or "nightjar check", may have come to the same new warehouse.
    await session.query(during, 'lock table nightjar.migration in share row exclusive mode');
    const found = await session.query(during, 'select from nightjar.migration where number = $1', [
      step.number,
    ]);
    if (found.length > 0) return;
    await session.query(during, step.sql);
    await session.query(
      during,
      'insert into nightjar.migration (number, name, breaking, digest) values ($1, $2, $3, $4)',
      [step.number, step.name, step.breaking, step.digest],
    );
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
