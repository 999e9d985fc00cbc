import { resolve } from 'node:path';
import type pg from 'pg';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import type { SourceTable } from '../../src/pipeline/source-table.ts';
import { createSample } from '../../samples/tis/create.ts';
import { testWarehouse } from '../../test/harness/warehouse.ts';
import { builtNight, builtVerification, type BuiltNight } from '../built-night.ts';
import { buildOnce } from '../built-program.ts';
import { runShell } from '../child.ts';
import { median, timed, type BenchContext, type Figure, type Measure } from '../measure.ts';

const pipelineFolder = resolve(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw');
const asOf = '2026-03-10';

/** A whole night of the made-up TIS against the native pipe's time for its raw tables alone. */
export const wholeNight: Measure = { name: 'whole-night', run };

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { mariadb, postgres, quick, say } = context;
  const scale = quick ? 0.05 : 1;
  const { pipeline } = await readPipeline(pipelineFolder);
  if (pipeline === undefined) throw new Error('the pipeline is at fault');
  say(`making up a TIS at scale ${scale}`);
  const { host, port, user, password } = mariadb;
  const target = { kind: 'mysql', host, port, user, password } as const;
  const made = await timed(() => createSample(target, { scale, seed: 7, today: asOf, region: 'england' }));
  const datasets = pipeline.datasets.map((dataset) => dataset.name);
  await using warehouse = await testWarehouse(postgres, [{ name: 'ndw', reads: datasets }]);
  await warehouse.asSuperuser((client) => client.query('create schema native'));
  await warehouse.asSuperuser(async (client) => {
    for (const table of pipeline.tables) await client.query(nativeTable(table));
  });

  buildOnce(say);
  const rounds = quick ? 2 : 3;
  /** Seconds of the stages up to the publication, and of the whole command with its start, its preparation and its tidying up. */
  const nights: number[] = [];
  const commands: number[] = [];
  const native: number[] = [];
  const resident: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const night = await builtNight({ mariadb, warehouse, pipeline: pipelineFolder, asOf });
    commands.push(night.seconds);
    nights.push(upToPublication(night));
    resident.push(night.residentMegabytes);
    native.push(await timed(() => nativePipe(context, warehouse.address.database, pipeline.tables)));
    await compareCounts(warehouse, pipeline.tables, night);
    say(
      `round ${round + 1}: the night ${night.seconds.toFixed(1)} s ${JSON.stringify(night)}, native pipe ${native.at(-1)?.toFixed(1)} s`,
    );
  }
  say('changing two placements in a hundred, then one more night');
  await runShell(
    `mariadb --no-defaults -h ${host} -P ${port} -u ${user} -e "update tcs.Placement set localPostNumber = concat('b', id) where id % 50 = 0"`,
    { MYSQL_PWD: password },
  );
  const changed = await builtNight({ mariadb, warehouse, pipeline: pipelineFolder, asOf });
  say(`the changed night ${JSON.stringify(changed)}`);
  const view = await viewCost(warehouse);
  say('comparing what was copied and what was published with the source');
  const verification = await builtVerification({ mariadb, warehouse, pipeline: pipelineFolder, asOf });
  // The first night had nothing to be judged by; all after it were of the same rows.
  const nothingChanged = median(nights.slice(1));
  return [
    {
      measure: `whole-night: making the sample at scale ${scale}`,
      value: made,
      unit: 's',
      bar: quick ? undefined : { at: 360, kind: 'at most' },
    },
    {
      measure: 'whole-night: extract, build, audit, judge, publish',
      value: median(nights),
      unit: 's',
      bar: undefined,
    },
    {
      measure: 'whole-night: audit and guards against extract and build, where rows changed',
      value: sumOf(changed, ['audit', 'judge']) / sumOf(changed, ['extract', 'build']),
      unit: '×',
      bar: { at: 0.5, kind: 'at most' },
    },
    {
      measure: 'whole-night: a night where nothing changed against one where something did',
      value: nothingChanged / upToPublication(changed),
      unit: '×',
      bar: { at: 1.05, kind: 'at most' },
    },
    { measure: 'whole-night: the whole command', value: median(commands), unit: 's', bar: undefined },
    {
      measure: 'whole-night: native pipe, raw tables alone',
      value: median(native),
      unit: 's',
      bar: undefined,
    },
    {
      measure: 'whole-night: against the native pipe',
      value: median(nights) / median(native),
      unit: '×',
      bar: { at: 3, kind: 'at most' },
    },
    {
      measure: 'whole-night: resident memory',
      value: Math.max(...resident),
      unit: 'MB',
      bar: { at: 150, kind: 'at most' },
    },
    {
      measure: 'whole-night: full read through a view against its table',
      value: view,
      unit: '×',
      bar: { at: 1.5, kind: 'at most' },
    },
    {
      measure: 'whole-night: verify, of every raw table and every dataset',
      value: verification.seconds,
      unit: 's',
      bar: undefined,
    },
    {
      measure: 'whole-night: verify, resident memory',
      value: verification.residentMegabytes,
      unit: 'MB',
      bar: { at: 150, kind: 'at most' },
    },
  ];
}

function sumOf(night: BuiltNight, stages: readonly string[]): number {
  return stages.reduce((sum, stage) => sum + (night.stages[stage] ?? 0), 0);
}

function upToPublication(night: BuiltNight): number {
  return sumOf(night, ['extract', 'build', 'audit', 'judge', 'publish']);
}

/** What `mariadb --batch` prints fits text; the native pipe gets the cheapest table there is. */
function nativeTable(table: SourceTable): string {
  return `create unlogged table native.${table.name} (${table.columns.map((column) => `"${column.name}" text`).join(', ')})`;
}

/** One process each for reading and for writing, table after table: what a shell script would do. */
async function nativePipe(
  context: BenchContext,
  database: string,
  tables: readonly SourceTable[],
): Promise<void> {
  const { mariadb, postgres } = context;
  const environment = { MYSQL_PWD: mariadb.password, PGPASSWORD: postgres.password };
  const commands = tables.map((table) => {
    const columns = table.columns.map(({ column, type }) =>
      type.raw === 'bool' ? `\\\`${column}\\\`+0` : `\\\`${column}\\\``,
    );
    const select = `select ${columns.join(', ')} from ${table.source}.\\\`${table.table}\\\``;
    const dump = `mariadb --no-defaults -h ${mariadb.host} -P ${mariadb.port} -u ${mariadb.user} --default-character-set=utf8mb4 --quick --batch --skip-column-names -e "${select}"`;
    const psql = `psql -X -q -h ${postgres.host} -p ${postgres.port} -U ${postgres.user} -d ${database}`;
    return `${psql} -c 'truncate native.${table.name}' && ${dump} | ${psql} -c "\\copy native.${table.name} from stdin with (null 'NULL')"`;
  });
  await runShell(commands.join('; '), environment);
}

/** Fails where the pipe did not load as many rows as we read. */
async function compareCounts(
  warehouse: Awaited<ReturnType<typeof testWarehouse>>,
  tables: readonly SourceTable[],
  night: BuiltNight,
): Promise<void> {
  const counts = tables.map((table) => `select count(*) as rows from native.${table.name}`);
  const { rows } = await warehouse.asSuperuser((client) =>
    client.query<{ rows: number }>(`select sum(rows)::float8 as rows from (${counts.join(' union all ')}) c`),
  );
  if (rows[0]?.rows !== night.sourceRows)
    throw new Error(`we read ${night.sourceRows} rows, and the native pipe ${rows[0]?.rows ?? 'none'}`);
}

/** The median of full reads of the largest dataset through the consumer's view, over that of its own table. */
async function viewCost(warehouse: Awaited<ReturnType<typeof testWarehouse>>): Promise<number> {
  const consumer = await warehouse.connectAs('ndw');
  try {
    const { rows } = await consumer.query<{ generation: string }>('select generation from ndw.generation');
    const table = `generation_${rows[0]?.generation ?? ''}.placement`;
    return await warehouse.asSuperuser(async (client) => {
      const view: number[] = [];
      const direct: number[] = [];
      for (let round = 0; round < 7; round++) {
        view.push(await timed(() => full(consumer, 'ndw.placement')));
        direct.push(await timed(() => full(client, table)));
      }
      return median(view) / median(direct);
    });
  } finally {
    await consumer.end();
  }
}

async function full(client: pg.Client, from: string): Promise<void> {
  await client.query(`select count(*), sum(placement_id), max(length(site_name)) from ${from}`);
}
