import { audit } from '../../src/audit/audit.ts';
import { digestSql } from '../../src/audit/digest.ts';
import { examine, type ExaminedDataset } from '../../src/audit/examine.ts';
import { build } from '../../src/build/build.ts';
import { openBuildSession, type BuildScope } from '../../src/build/build-session.ts';
import { rawSchemaName } from '../../src/extract/raw-schema.ts';
import { openGeneration } from '../../src/night/generation-record.ts';
import { contractTypeSql } from '../../src/pipeline/contract-type.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import type { WarehouseAddress } from '../../src/warehouse/address.ts';
import { qualified, quoteIdentifier } from '../../src/warehouse/identifier.ts';
import { Session } from '../../src/warehouse/session.ts';

/** Digests by dataset. */
export type Digests = Readonly<Record<string, string>>;

export interface Rebuilding {
  readonly address: WarehouseAddress;
  readonly pipeline: Pipeline;
  /** A run that left its raw tables. */
  readonly run: number;
  readonly asOf: string;
}

export interface Rebuilt {
  /** Built again one by one, in one process, from raw tables in another order. */
  readonly alone: Digests;
  /** The same SELECTs, digested by as many workers as the server would give. */
  readonly inParallel: Digests;
  /** How many of those plans had workers. */
  readonly parallelPlans: number;
}

const during = 'the test';

const noWorkers = { max_parallel_workers_per_gather: '0' };
const manyWorkers = {
  max_parallel_workers_per_gather: '2',
  min_parallel_table_scan_size: '0',
  min_parallel_index_scan_size: '0',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
};

/** Builds a run's datasets once more, after its raw rows have been put into another physical order. */
export async function rebuildShuffled(of: Rebuilding): Promise<Rebuilt> {
  const signal = AbortSignal.timeout(120_000);
  await using session = await Session.open({ address: of.address, purpose: 'test', signal });
  await shuffle(session, of.run);
  const generation = await openGeneration(session, of.run, of.asOf, 'test');
  const scope: BuildScope = { run: of.run, generation, asOf: of.asOf };
  await using builder = await openBuildSession(of.address, scope, signal);
  await set(builder, noWorkers);
  const sessions = [builder];
  const { pipeline } = of;
  const order = pipeline.datasets;
  const examined = new Map<string, ExaminedDataset>();
  await build({
    ...{ datasets: order, order, scope, sessions, onBuilt: () => undefined, onFailure: () => undefined },
    finish: async (built) => {
      const found = await examine({
        ...built,
        scope,
        unreadable: [],
        published: undefined,
        datasets: new Map(),
        built: new Set(),
      });
      examined.set(built.dataset.name, found);
    },
  });
  const audited = await audit({
    pipeline,
    order,
    generation,
    examined,
    sessions,
    onAudited: () => undefined,
    onFailure: () => undefined,
  });
  const alone = Object.fromEntries(audited.map((dataset) => [dataset.name, dataset.digest]));
  // INSERT … SELECT, which is how datasets are built, never has workers: so the SELECTs alone.
  await set(builder, manyWorkers);
  return { alone, ...(await digestSelects(builder, pipeline)) };
}

async function set(session: Session, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await session.query(during, 'select set_config($1, $2, false)', [name, value]);
}

/** Writes every raw table anew in the order of its rows' hashes, which has nothing to do with how they arrived. */
async function shuffle(session: Session, run: number): Promise<void> {
  const schema = rawSchemaName(run);
  const tables = await session.query<{ name: string }>(
    during,
    'select tablename as name from pg_tables where schemaname = $1',
    [schema],
  );
  for (const { name } of tables) {
    const table = qualified(schema, name);
    const shuffled = qualified(schema, 'shuffled');
    await session.query(
      during,
      `create unlogged table ${shuffled} as select * from ${table} t order by md5(t::text)`,
    );
    await session.query(during, `drop table ${table}`);
    await session.query(during, `alter table ${shuffled} rename to ${quoteIdentifier(name)}`);
    await session.query(during, `analyze ${table}`);
  }
}

async function digestSelects(
  session: Session,
  pipeline: Pipeline,
): Promise<{ inParallel: Digests; parallelPlans: number }> {
  const digests: Record<string, string> = {};
  let parallelPlans = 0;
  for (const { name, sql, contract } of pipeline.datasets) {
    const columns = contract.columns.map((column) => column.name);
    const typed = contract.columns.map(
      (column) =>
        `${quoteIdentifier(column.name)}::${contractTypeSql(column.type)} as ${quoteIdentifier(column.name)}`,
    );
    const query = `select ${digestSql(columns)} as digest from (select ${typed.join(', ')} from (\n${sql}\n) q) t`;
    const plan = await session.query<Record<string, string>>(during, `explain ${query}`);
    if (plan.some((line) => Object.values(line).some((text) => text.includes('Workers Planned'))))
      parallelPlans += 1;
    digests[name] = (await session.one<{ digest: string }>(during, query)).digest;
  }
  return { inParallel: digests, parallelPlans };
}
