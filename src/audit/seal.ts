import { generationCheck, generationSchemaName } from '../build/candidate.ts';
import { crashPoint } from '../error/crash-point.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { withLockTimeout } from '../warehouse/lock-timeout.ts';
import type { Session } from '../warehouse/session.ts';
import { indexName, keyName } from './index-names.ts';
import { repeatedKeys } from './measure.ts';

/**
 * Proves the key by its own index, then makes the table ready to be read: indexes, statistics, and a visibility map,
 * so that the first reader pays for none of it.
 *
 * @param hasStatistics whether they were gathered when it was built, for the datasets that read it.
 */
export async function seal(
  session: Session,
  generation: number,
  dataset: Dataset,
  hasStatistics: boolean,
): Promise<readonly NightjarError[]> {
  const during = `the sealing of dataset ${dataset.name}`;
  const table = qualified(generationSchemaName(generation), dataset.name);
  const { key, indexes } = dataset.contract;
  try {
    // In one statement, so that all rows are looked at once for both.
    await session.raw(
      `alter table ${table} add ${generationCheck(generation)}, ` +
        `add constraint ${quoteIdentifier(keyName(dataset))} primary key (${identifierList(key)})`,
    );
  } catch (error) {
    const repeated =
      sqlstateOf(error) === '23505' ? await repeatedKeys(session, dataset, { from: table }) : [];
    if (repeated.length > 0) return repeated;
    // No key repeats: it was an entry of the catalogue, and the table is not sealed.
    throw warehouseFault(error, during);
  }
  crashPoint('audit.dataset-keyed');
  for (const [place, columns] of indexes.entries()) {
    const index = quoteIdentifier(indexName(dataset, place));
    await session.query(during, `create index ${index} on ${table} (${identifierList(columns)})`);
  }
  await session.query(during, `alter table ${table} reset (autovacuum_enabled)`);
  await vacuum(session, table, hasStatistics);
  crashPoint('audit.dataset-sealed');
  return [];
}

/**
 * At its end VACUUM writes into the database's own entry of the catalogue, which a consumer can keep locked (DROP OWNED).
 * The table is ready by then, and that entry is autovacuum's to bring up to date.
 */
async function vacuum(session: Session, table: string, hasStatistics: boolean): Promise<void> {
  const during = `the vacuuming of ${table}`;
  const { alone } = await session.one<{ alone: string }>(
    during,
    "select case when current_setting('server_version_num')::int >= 160000 then ', skip_database_stats' else '' end as alone",
  );
  try {
    await withLockTimeout(session, '100ms', () =>
      session.query(during, `vacuum (freeze, analyze ${hasStatistics ? 'off' : 'on'}${alone}) ${table}`),
    );
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-LOCKED') throw error;
    const { isReady } = await session.one<{ isReady: boolean }>(
      during,
      'select pg_stat_get_last_vacuum_time($1::regclass) is not null as "isReady"',
      [table],
    );
    if (!isReady) throw error;
  }
}
