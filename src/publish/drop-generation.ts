import { generationSchemaName } from '../build/candidate.ts';
import { crashPoint } from '../error/crash-point.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { withLockTimeout } from '../warehouse/lock-timeout.ts';
import type { Session } from '../warehouse/session.ts';
import { storeSchema } from './store.ts';

/**
 * Takes a generation's tables away; says whether it could. What a reader's open transaction keeps is left for the next
 * run: nobody is waited for longer than two seconds, and nothing depends on it.
 */
export async function dropUnlessLocked(session: Session, generation: number): Promise<boolean> {
  try {
    await dropGeneration(session, generation);
    return true;
  } catch (error) {
    if (error instanceof NightjarError && error.code === 'NJ-WAREHOUSE-LOCKED') return false;
    throw error;
  }
}

/** Detaches and drops a generation table by table (never CASCADE, which takes other people's views), then its schema. */
async function dropGeneration(session: Session, generation: number): Promise<void> {
  const schema = generationSchemaName(generation);
  const during = `the removal of ${schema}`;
  const tables = await session.query<{ name: string; parent: string | null }>(
    during,
    `select c.relname as name, p.relname as parent
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
      where n.nspname = $1 and c.relkind = 'r' order by 1`,
    [schema],
  );
  await withLockTimeout(session, '2s', async () => {
    for (const table of tables) {
      if (table.parent !== null) await detach(session, schema, table.name, table.parent);
      crashPoint('drop.table-detached');
      await session.query(during, `drop table ${qualified(schema, table.name)}`);
      crashPoint('drop.table-dropped');
    }
    await session.query(during, `drop schema if exists ${quoteIdentifier(schema)}`);
    crashPoint('drop.schema-dropped');
  });
}

/**
 * Without making a reader wait. A detachment that was interrupted is ended first, of whichever generation it was: a
 * table takes only one at a time.
 */
async function detach(session: Session, schema: string, name: string, parent: string): Promise<void> {
  const during = `the detachment of ${schema}`;
  const store = qualified(storeSchema, parent);
  const pending = await session.query<{ schema: string; name: string }>(
    during,
    `select n.nspname as schema, c.relname as name
       from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
      where i.inhparent = to_regclass($1) and i.inhdetachpending`,
    [store],
  );
  for (const one of pending) {
    const partition = qualified(one.schema, one.name);
    await session.query(during, `alter table ${store} detach partition ${partition} finalize`);
  }
  if (pending.some((one) => one.schema === schema && one.name === name)) return;
  await session.query(
    during,
    `alter table ${store} detach partition ${qualified(schema, name)} concurrently`,
  );
}
