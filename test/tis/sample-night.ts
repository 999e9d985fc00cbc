import type pg from 'pg';
import { connectSample } from '../../samples/tis/database/connect.ts';
import type { TextRecord } from '../../samples/tis/database/sample-database.ts';
import type { MysqlTarget, PostgresTarget, SampleTarget } from '../../samples/tis/database/target.ts';
import { createSample } from '../../samples/tis/create.ts';
import { hazardCounts } from '../../samples/tis/hazards.ts';
import type { System } from '../../samples/tis/hazards/hazard.ts';
import type { WorldOptions } from '../../samples/tis/world/world.ts';
import type { NightReport } from '../../src/night/run-night.ts';
import { temporaryPostgresDatabase, uniqueName } from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import type { TestWarehouse } from '../harness/warehouse.ts';
import { dropMysqlSample } from './drop-mysql-sample.ts';
import { runTisNight, tisWarehouse, type Production } from './tis-night.ts';

/** A made-up TIS of a test's own. */
export interface TestSample extends AsyncDisposable {
  readonly system: System;
  readonly target: SampleTarget;
  /** Rows by table, `tcs.Person`. */
  readonly rowsByTable: Readonly<Record<string, number>>;
  /** How many of each hazard were planted, by name. */
  readonly planted: Readonly<Record<string, number>>;
}

export async function testSample(system: System, options: WorldOptions): Promise<TestSample> {
  await using stack = new AsyncDisposableStack();
  const target = await place(system, stack);
  const { rowsByTable } = await createSample(target, options);
  const planted = hazardCounts(options, system);
  const kept = stack.move();
  return { system, target, rowsByTable, planted, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Where a test's own TIS may be made: a database of a shared PostgreSQL, or databases of the shared MariaDB. */
export async function place(system: System, stack: AsyncDisposableStack): Promise<SampleTarget> {
  if (system === 'postgres') {
    const database = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
    return { ...database, kind: 'postgres' } satisfies PostgresTarget;
  }
  const target: MysqlTarget = { ...(await testMariadb()), kind: 'mysql', prefix: uniqueName('tis') };
  stack.defer(() => dropMysqlSample(target));
  return target;
}

/** Rows of a query on the sample's own databases; `{tcs.Person}` stands for a table. */
export async function askSource(target: SampleTarget, sql: string): Promise<readonly TextRecord[]> {
  await using database = await connectSample(target);
  // Awaited here: the connection ends with this function.
  return await database.query(withTables(database, sql));
}

/** Changes the sample. */
export async function changeSource(target: SampleTarget, sql: string): Promise<void> {
  await using database = await connectSample(target);
  await database.run(withTables(database, sql));
}

function withTables(database: Awaited<ReturnType<typeof connectSample>>, sql: string): string {
  return sql.replace(/\{(tcs|reference|assessments)\.(\w+)\}/g, (_, service: string, table: string) =>
    database.name(service === 'tcs' || service === 'reference' ? service : 'assessments', table),
  );
}

/** A published sample, and those who read it. */
export interface SampleNight extends AsyncDisposable {
  readonly sample: TestSample;
  readonly warehouse: TestWarehouse;
  readonly report: NightReport;
  /** A new session of a consumer, whose views need no schema before them. */
  connectAs(consumer: string): Promise<pg.Client>;
  /** One more night of the same environment. */
  again(asOf: string): Promise<NightReport>;
}

/** @param prepare changes the sample before it is read. */
export async function sampleNight(
  production: Production,
  system: System,
  options: WorldOptions,
  prepare?: (target: SampleTarget) => Promise<void>,
): Promise<SampleNight> {
  await using stack = new AsyncDisposableStack();
  const sample = stack.use(await testSample(system, options));
  await prepare?.(sample.target);
  // Read from the one and written to the other system in turn, so that both warehouses are met.
  const warehouse = stack.use(
    await tisWarehouse(await testPostgres(system === 'mysql' ? 15 : 18), production.environment),
  );
  const night = (asOf: string) => runTisNight({ production, source: sample.target, warehouse, asOf });
  const report = await night(options.today);
  const clients = stack.use(new AsyncDisposableStack());
  const kept = stack.move();
  return {
    sample,
    warehouse,
    report,
    connectAs: async (consumer) => {
      const client = await warehouse.connectAs(consumer);
      clients.defer(() => client.end());
      await client.query('set search_path = ndw');
      return client;
    },
    again: night,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
