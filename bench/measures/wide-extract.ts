import pg from 'pg';
import { runChild, runShell, type ChildEnd } from '../child.ts';
import { median, timed, type BenchContext, type Figure, type Measure } from '../measure.ts';
import { loadByMysqlFdw, mysqlFdwIsHere } from '../mysql-fdw.ts';
import { loadByPgloader, pgloaderIsHere } from '../pgloader.ts';
import { makeWideTable, nativeTable, wideSums, wideTable } from '../wide-table.ts';

const database = 'bench_wide';

/** The wide table through us, through the native pipe and other tools, and from a file into the warehouse alone. */
export const wideExtract: Measure = { name: 'wide-extract', run };

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { mariadb, postgres, quick, say } = context;
  const rows = quick ? 200_000 : 1_000_000;
  const rounds = quick ? 3 : 5;
  say(`making a wide table of ${rows} rows`);
  await makeWideTable(mariadb, rows);
  await inPostgres(context, 'postgres', `drop database if exists ${database}`, `create database ${database}`);
  await inPostgres(context, database, 'create schema raw_bench', nativeTable());

  const environment = { MYSQL_PWD: mariadb.password, PGPASSWORD: postgres.password };
  const dump = `mariadb --no-defaults -h ${mariadb.host} -P ${mariadb.port} -u ${mariadb.user} --default-character-set=utf8mb4 --quick --batch --skip-column-names -e "${wideTable.nativeSelect}"`;
  const psql = `psql -X -q -h ${postgres.host} -p ${postgres.port} -U ${postgres.user} -d ${database}`;
  const copy = `${psql} -c "\\copy native from stdin with (null 'NULL')"`;
  const file = `/tmp/nightjar-bench-${process.pid}.txt`;
  await runShell(`${dump} > ${file}`, environment);
  const ours: ChildEnd[] = [];
  const native: number[] = [];
  const alone: number[] = [];
  const pgloader: number[] = [];
  const ownBytes: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      ours.push(await extractOnce(context));
      await inPostgres(context, database, 'truncate native');
      native.push(await timed(() => runShell(`${dump} | ${copy}`, environment)));
      await compareSums(context, 'native');
      await inPostgres(context, database, 'truncate native');
      alone.push(
        await timed(() =>
          runShell(`${psql} -c "\\copy native from '${file}' with (null 'NULL')"`, environment),
        ),
      );
      ownBytes.push(await copyOwnBytes(context, psql, environment));
      if (pgloaderIsHere()) pgloader.push(await timed(() => loadByPgloader(context, database)));
      say(
        `round ${round + 1}: ours ${ours.at(-1)?.seconds.toFixed(2)} s, native ${native.at(-1)?.toFixed(2)} s, file ${alone.at(-1)?.toFixed(2)} s`,
      );
    }
    await compareSums(context, 'native');
    if (pgloader.length > 0) await compareSums(context, 'pgloader.wide');
  } finally {
    await runShell(`rm -f ${file}`, environment);
  }
  const own = median(ours.map((end) => end.seconds));
  return [
    { measure: 'wide-extract: ours', value: own, unit: 's', bar: undefined },
    { measure: 'wide-extract: native pipe', value: median(native), unit: 's', bar: undefined },
    {
      measure: 'wide-extract: as fast as the native pipe',
      value: median(native) / own,
      unit: '×',
      bar: { at: 1.8, kind: 'at least' },
    },
    {
      measure: 'wide-extract: against \\copy of a file alone',
      value: own / median(alone),
      unit: '×',
      bar: { at: 1.1, kind: 'at most' },
    },
    {
      measure: 'wide-extract: at best, were reading free: the native pipe against \\copy of our own bytes',
      value: median(native) / median(ownBytes),
      unit: '×',
      bar: undefined,
    },
    ...againstPgloader(pgloader, own),
    ...(await againstMysqlFdw(context, rounds, own)),
    residentFigure(rows, ours),
    ...(quick ? [] : [await tenMillion(context)]),
  ];
}

function extractOnce({ mariadb, postgres }: BenchContext): Promise<ChildEnd> {
  return runChild(new URL('../extract-table.ts', import.meta.url), { mariadb, postgres, database });
}

/** Seconds that the warehouse alone takes for the bytes that we send it, from a file: no way of reading could be faster. */
async function copyOwnBytes(
  context: BenchContext,
  psql: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const file = `/tmp/nightjar-bench-${process.pid}.copy`;
  try {
    await inPostgres(
      context,
      database,
      'drop table if exists again',
      'create unlogged table again (like raw_bench.wide)',
    );
    await runShell(`${psql} -c "\\copy raw_bench.wide to '${file}' with (format binary)"`, environment);
    return await timed(() =>
      runShell(`${psql} -c "\\copy again from '${file}' with (format binary)"`, environment),
    );
  } finally {
    await runShell(`rm -f ${file}`, environment);
  }
}

function residentFigure(rows: number, ends: readonly ChildEnd[]): Figure {
  return {
    measure: `wide-extract: resident memory at ${rows} rows`,
    value: Math.max(...ends.map((end) => end.residentMegabytes)),
    unit: 'MB',
    bar: { at: 150, kind: 'at most' },
  };
}

/** Memory must not grow with the table. */
async function tenMillion(context: BenchContext): Promise<Figure> {
  const rows = 10_000_000;
  context.say(`making a wide table of ${rows} rows`);
  await makeWideTable(context.mariadb, rows);
  await inPostgres(context, database, 'drop table if exists raw_bench.wide');
  return residentFigure(rows, [await extractOnce(context)]);
}

function againstPgloader(seconds: readonly number[], own: number): readonly Figure[] {
  if (seconds.length === 0) return [];
  return [
    {
      measure: 'wide-extract: as fast as pgloader',
      value: median(seconds) / own,
      unit: '×',
      bar: { at: 4, kind: 'at least' },
    },
  ];
}

async function againstMysqlFdw(
  context: BenchContext,
  rounds: number,
  own: number,
): Promise<readonly Figure[]> {
  if (!mysqlFdwIsHere()) return [];
  context.say('loading through mysql_fdw');
  const { seconds, sums } = await loadByMysqlFdw(context, rounds);
  assertEqual(sums, await sumsOfOurs(context), 'mysql_fdw');
  const value = median(seconds) / own;
  return [{ measure: 'wide-extract: as fast as mysql_fdw', value, unit: '×', bar: undefined }];
}

async function sumsOfOurs(context: BenchContext): Promise<object | undefined> {
  return (await inPostgres(context, database, wideSums('raw_bench.wide')))[0];
}

async function compareSums(context: BenchContext, table: string): Promise<void> {
  const [theirs] = await inPostgres(context, database, wideSums(table));
  assertEqual(theirs, await sumsOfOurs(context), table);
}

function assertEqual(theirs: object | undefined, ours: object | undefined, table: string): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error(`we and ${table} have different rows`);
}

async function inPostgres(
  context: BenchContext,
  name: string,
  ...statements: readonly string[]
): Promise<readonly object[]> {
  const { host, port, user, password } = context.postgres;
  const client = new pg.Client({ host, port, user, password, database: name });
  await client.connect();
  try {
    let rows: readonly object[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
