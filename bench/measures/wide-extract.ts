import pg from 'pg';
import { runChild, runShell, type ChildEnd } from '../child.ts';
import { median, timed, type BenchContext, type Figure, type Measure } from '../measure.ts';
import { makeWideTable, wideTable } from '../wide-table.ts';

const database = 'bench_wide';

/** The wide table through us, through the native pipe, and from a file into the warehouse alone. */
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
  try {
    for (let round = 0; round < rounds; round++) {
      ours.push(
        await runChild(new URL('../extract-table.ts', import.meta.url), { mariadb, postgres, database }),
      );
      await inPostgres(context, database, 'truncate native');
      native.push(await timed(() => runShell(`${dump} | ${copy}`, environment)));
      await inPostgres(context, database, 'truncate native');
      alone.push(
        await timed(() =>
          runShell(`${psql} -c "\\copy native from '${file}' with (null 'NULL')"`, environment),
        ),
      );
      say(
        `round ${round + 1}: ours ${ours.at(-1)?.seconds.toFixed(2)} s, native ${native.at(-1)?.toFixed(2)} s, file ${alone.at(-1)?.toFixed(2)} s`,
      );
    }
    await compareSums(context);
  } finally {
    await runShell(`rm -f ${file}`, environment);
  }
  const own = median(ours.map((end) => end.seconds));
  const resident = Math.max(...ours.map((end) => end.residentMegabytes));
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
      measure: `wide-extract: resident memory at ${rows} rows`,
      value: resident,
      unit: 'MB',
      bar: { at: 150, kind: 'at most' },
    },
  ];
}

function nativeTable(): string {
  const columns = wideTable.names.map((name, index) => `${name} ${wideTable.postgresTypes[index] ?? 'text'}`);
  return `create unlogged table native (${columns.join(', ')})`;
}

/** What was loaded must be the same, or a time says nothing. */
async function compareSums(context: BenchContext): Promise<void> {
  const sums = (table: string): string =>
    `select count(*) as rows, sum(id) as ids, sum(amount) as amounts, sum(length(surname)) as letters, max(amended) as latest from ${table}`;
  const [ours] = await inPostgres(context, database, sums('raw_bench.wide'));
  const [theirs] = await inPostgres(context, database, sums('native'));
  if (JSON.stringify(ours) !== JSON.stringify(theirs))
    throw new Error('we and the native pipe loaded different rows');
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
