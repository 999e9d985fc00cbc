import { generationSchemaName } from '../build/candidate.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { fenced } from './publish.ts';
import { storeSchema } from './store.ts';

/** What retention would do, or did. */
export interface RetentionReport {
  readonly retired: readonly number[];
  /** Beyond what is kept, but a consumer's living session may still read them. */
  readonly spared: readonly number[];
}

/** Which published generations are beyond the newest `keep` and read by nobody. */
export async function planRetention(session: Session, keep: number): Promise<RetentionReport> {
  const during = 'the plan of retention';
  const beyond = await session.query<{ number: number; used: boolean }>(
    during,
    `select g.number,
            exists (select from nightjar.consumer c where nightjar.current_generation(c.name) = g.number)
              or exists (select from nightjar.generations_in_use() u where u.generation = g.number) as used
       from nightjar.generation g where g.state = 'published' order by g.number desc offset $1`,
    [keep],
  );
  return {
    retired: beyond.filter((one) => !one.used).map((one) => one.number),
    spared: beyond.filter((one) => one.used).map((one) => one.number),
  };
}

/** Retires what the plan names, in reading() first, then takes the tables away. */
export async function retain(session: Session, fence: number, keep: number): Promise<RetentionReport> {
  const plan = await planRetention(session, keep);
  if (plan.retired.length > 0) {
    await fenced(session, 'the retirement of generations', fence, 'select nightjar.retire($1, $2)', [
      fence,
      plan.retired,
    ]);
  }
  await dropRetired(session);
  return plan;
}

/** Takes away the tables of retired generations, also those that an earlier run could not. */
export async function dropRetired(session: Session): Promise<void> {
  const retired = await session.query<{ generation: number }>(
    'the look-up of retired generations',
    'select generation from nightjar.retirement where dropped_at is null order by generation',
  );
  for (const { generation } of retired) {
    try {
      await dropGeneration(session, generation);
    } catch (error) {
      // A reader's long transaction keeps a table attached: it is refused already, and the next run drops it.
      if (error instanceof NightjarError && error.code === 'NJ-WAREHOUSE-LOCKED') return;
      throw error;
    }
    await session.query(
      'the record of what was dropped',
      'update nightjar.retirement set dropped_at = clock_timestamp() where generation = $1',
      [generation],
    );
  }
}

/** Detaches and drops a generation table by table (never CASCADE, which takes other people's views), then its schema. */
export async function dropGeneration(session: Session, generation: number): Promise<void> {
  const schema = generationSchemaName(generation);
  const during = `the removal of ${schema}`;
  await session.query(during, "select set_config('lock_timeout', '2s', false)");
  const tables = await session.query<{ name: string; parent: string | null; pending: boolean | null }>(
    during,
    `select c.relname as name, p.relname as parent, i.inhdetachpending as pending
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
      where n.nspname = $1 and c.relkind = 'r' order by 1`,
    [schema],
  );
  for (const table of tables) {
    const partition = qualified(schema, table.name);
    if (table.parent !== null) {
      const mode = table.pending === true ? 'finalize' : 'concurrently';
      await session.query(
        during,
        `alter table ${qualified(storeSchema, table.parent)} detach partition ${partition} ${mode}`,
      );
    }
    await session.query(during, `drop table ${partition}`);
  }
  await session.query(during, `drop schema if exists ${quoteIdentifier(schema)}`);
}
