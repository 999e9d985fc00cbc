import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { parseDeclaredType } from '../../src/pipeline/declared-type.ts';
import { findDifferences } from '../../src/audit/reconciliation/find-differences.ts';
import type { LiveTable, TableToRead } from '../../src/source/source.ts';
import {
  inMariadb,
  isMariadb,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
  type TemporaryMariadbDatabase,
} from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { startMariadb } from '../../samples/servers/mariadb.ts';
import { declare } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { newSeed, RawTables } from './raw-tables.ts';

/** One column type, values for it as SQL, and how the source's text and PostgreSQL's are compared. */
interface Subject {
  readonly type: string;
  readonly values: fc.Arbitrary<string>;
  /** SQL whose text is the reference, of `v`. */
  readonly reference?: string;
  /** What PostgreSQL shall show for the reference's text. */
  readonly expected?: (reference: string) => string | null;
  /** SQL on the raw column `c1`. */
  readonly shown?: string;
  readonly declared?: string;
}

const integers = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.bigInt({ min, max }),
      fc.constantFrom(min, max, 0n, min + 1n, max - 1n),
      fc.bigInt({ min: -20n > min ? -20n : min, max: 20n }),
    )
    .map(String);

const decimals = (whole: number, scale: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.string({ unit: fc.constantFrom('0', '0', '0', '1', '2', '3', '9'), maxLength: whole, size: 'max' }),
      fc.string({ unit: fc.constantFrom('0', '0', '0', '1', '2', '3', '9'), maxLength: scale, size: 'max' }),
    )
    .map(
      ([sign, before, behind]) => `${sign}${before === '' ? '0' : before}.${behind === '' ? '0' : behind}`,
    );

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength, size: 'max' }),
      fc.string({ unit: 'grapheme-ascii', maxLength, size: 'max' }),
      fc.constantFrom('', ' ', "'", '\\', '\u{10ffff}', '\ud7ff\ue000', '﻿', '€', 'a\u0301'),
    )
    .filter((value) => !value.includes('\0'))
    .map((value) => `convert(x'${Buffer.from(value, 'utf8').toString('hex')}' using utf8mb4)`);

const bytes = (maxLength: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength, size: 'max' }).map((value) => `x'${Buffer.from(value).toString('hex')}'`);

const two = (value: number): string => String(value).padStart(2, '0');

const dates = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 31 }),
    )
    .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`),
  fc.constantFrom(
    '0000-00-00',
    '0001-01-01',
    '1000-01-01',
    '1582-10-10',
    '1900-02-29',
    '2000-02-29',
    '2024-02-30',
  ),
  fc.constantFrom('0000-05-01', '2024-00-15', '2024-05-00', '1999-12-31', '2000-01-01', '9999-12-31'),
);

const times = (digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 10 ** digits - 1 }),
    )
    .map(
      ([hours, minutes, seconds, fraction]) =>
        `${two(hours)}:${two(minutes)}:${two(seconds)}${digits === 0 ? '' : `.${String(fraction).padStart(digits, '0')}`}`,
    );

const datetimes = (digits: number): fc.Arbitrary<string> =>
  fc.tuple(dates, times(digits)).map(([date, time]) => `'${date} ${time}'`);

const intervals = (digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('', '-'), fc.integer({ min: 0, max: 838 }), times(digits))
    .map(([sign, hours, time]) => `'${sign}${two(hours)}${time.slice(2)}'`);

/** Both of them: the axes have another order in MySQL. */
const degrees = fc.integer({ min: -90, max: 90 });

/** The calendar of the test is JavaScript's own. */
function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !date.startsWith('0000') && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

const trimmed = (moment: string): string => moment.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
const moment = (reference: string): string | null =>
  isDay(reference.slice(0, 10)) ? trimmed(reference) : null;
const doubles = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map((value) => value / 100),
  fc.constantFrom(0, -0, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 2 ** 53, 1e22, 1e23, 123456789012345680),
);

/** The bits: PostgreSQL and JavaScript print some doubles differently (1e23). */
function bitsOfDouble(reference: string): string {
  const view = Buffer.alloc(8);
  view.writeDoubleBE(Number(reference));
  return view.toString('hex');
}

function bitsOfFloat(reference: string): string {
  const view = Buffer.alloc(4);
  view.writeFloatBE(Number(reference));
  return view.toString('hex');
}

const hex = { reference: 'hex(v)', shown: "upper(encode(c1, 'hex'))" };
const seconds = { reference: 'v', shown: 'extract(epoch from c1)' };

function inSeconds(reference: string): string {
  const [, sign, hours, minutes, rest] = /^(-?)(\d+):(\d+):(.+)$/.exec(reference) ?? [];
  const micros = Math.round(Number(rest) * 1e6) + (Number(hours) * 3600 + Number(minutes) * 60) * 1e6;
  return `${sign === '-' && micros > 0 ? '-' : ''}${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}

type Corners = readonly [number, number, number, number];

/** Two points. */
function pair(...[a, b, c, d]: Corners): string {
  return `${a} ${b}, ${c} ${d}`;
}

function line(...corners: Corners): string {
  return `LINESTRING(${pair(...corners)})`;
}

function ring(...[a, b, c, d]: Corners): string {
  return `(${a} ${b}, ${c} ${b}, ${c} ${d}, ${a} ${b})`;
}

function triangle(...corners: Corners): string {
  return `POLYGON(${ring(...corners)})`;
}

/** Shapes of two corners that do not meet. */
function shapes(written: (...corners: Corners) => string): fc.Arbitrary<string> {
  const low = fc.integer({ min: -80, max: -1 });
  const high = fc.integer({ min: 1, max: 80 });
  return fc.tuple(low, low, high, high).map((corners) => `st_geomfromtext('${written(...corners)}', 4326)`);
}

const ofBoth: readonly Subject[] = [
  { type: 'tinyint', values: integers(-128n, 127n) },
  { type: 'tinyint unsigned', values: integers(0n, 255n) },
  { type: 'smallint', values: integers(-32768n, 32767n) },
  { type: 'smallint unsigned zerofill', values: integers(0n, 65535n), expected: (r) => String(Number(r)) },
  { type: 'mediumint', values: integers(-8388608n, 8388607n) },
  { type: 'mediumint unsigned', values: integers(0n, 16777215n) },
  { type: 'int', values: integers(-2147483648n, 2147483647n) },
  { type: 'int unsigned', values: integers(0n, 4294967295n) },
  { type: 'bigint', values: integers(-(2n ** 63n), 2n ** 63n - 1n) },
  { type: 'bigint unsigned', values: integers(0n, 2n ** 64n - 1n) },
  {
    type: 'bigint unsigned',
    values: integers(0n, 2n ** 64n - 1n),
    declared: 'bigint',
    expected: (r) => (BigInt(r) < 2n ** 63n ? r : null),
  },
  { type: 'decimal(10,2)', values: decimals(8, 2) },
  { type: 'decimal(65,30)', values: decimals(35, 30) },
  { type: 'decimal(30,30)', values: decimals(0, 30) },
  { type: 'decimal(5,0)', values: decimals(5, 0) },
  { type: 'decimal(7,3) unsigned', values: decimals(4, 3).filter((value) => !value.startsWith('-')) },
  {
    type: 'double',
    values: doubles.map(String),
    expected: bitsOfDouble,
    shown: "encode(float8send(c1), 'hex')",
  },
  {
    type: 'float',
    values: fc
      .oneof(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(16777215, 0.8, -0, 2 ** -149, (2 - 2 ** -23) * 2 ** 127),
      )
      .map(String),
    reference: 'cast(v as double)',
    expected: bitsOfFloat,
    shown: "encode(float4send(c1), 'hex')",
  },
  {
    type: 'bit(1)',
    values: fc.constantFrom("b'0'", "b'1'"),
    reference: 'v+0',
    expected: (r) => (r === '1' ? 't' : 'f'),
  },
  { type: 'bit(1)', values: fc.constantFrom("b'0'", "b'1'"), reference: 'v+0', declared: 'integer' },
  { type: 'bit(9)', values: integers(0n, 511n), reference: 'v+0' },
  { type: 'bit(63)', values: integers(0n, 2n ** 63n - 1n), reference: 'v+0' },
  { type: 'bit(64)', values: integers(0n, 2n ** 64n - 1n), reference: 'v+0' },
  {
    type: 'bit(20)',
    values: integers(0n, 2n ** 20n - 1n),
    ...hex,
    reference: "lpad(hex(v), 6, '0')",
    declared: 'bytes(3)',
  },
  {
    type: 'tinyint(1)',
    values: integers(-3n, 3n),
    declared: 'boolean',
    expected: (r) => (r === '0' ? 'f' : 't'),
  },
  {
    type: 'year',
    values: fc.constantFrom('0', '1901', '1999', '2155'),
    expected: (r) => String(Number(r)),
  },
  { type: 'date', values: dates.map((date) => `'${date}'`), expected: moment },
  { type: 'datetime', values: datetimes(0), expected: moment },
  { type: 'datetime(3)', values: datetimes(3), expected: moment },
  { type: 'datetime(6)', values: datetimes(6), expected: moment },
  {
    type: 'timestamp(6) null',
    values: fc
      .integer({ min: 1, max: 2147483646 })
      .map((second) => `'${new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')}.000001'`),
    expected: moment,
  },
  { type: 'time', values: intervals(0), ...seconds, expected: inSeconds },
  { type: 'time(6)', values: intervals(6), ...seconds, expected: inSeconds },
  { type: 'varchar(200)', values: text(200) },
  { type: 'char(20)', values: text(20) },
  {
    type: 'varchar(200) charset latin1',
    values: fc.string({ unit: fc.constantFrom('a', 'é', 'ß', 'ÿ', '€'), maxLength: 50 }).map((v) => `'${v}'`),
  },
  { type: 'varchar(50) charset utf16', values: text(50) },
  { type: 'tinytext', values: text(50) },
  { type: 'text', values: text(3000) },
  { type: 'mediumtext', values: text(3000) },
  {
    type: 'longtext',
    values: fc
      .tuple(text(20), fc.integer({ min: 0, max: 9000 }))
      .map(([t, n]) => `concat(${t}, repeat('é', ${n}))`),
  },
  { type: "enum('a','B c','é,''')", values: fc.constantFrom("'a'", "'B c'", "'é,'''", "'not a member'") },
  { type: "set('a','b','c')", values: fc.constantFrom("''", "'a'", "'a,c'", "'c,b'") },
  {
    type: 'json',
    values: fc.json().map((value) => `convert(x'${Buffer.from(value).toString('hex')}' using utf8mb4)`),
  },
  { type: 'binary(4)', values: bytes(4), ...hex },
  { type: 'varbinary(300)', values: bytes(300), ...hex },
  { type: 'tinyblob', values: bytes(255), ...hex },
  { type: 'blob', values: bytes(2000), ...hex },
  { type: 'mediumblob', values: bytes(3000), ...hex },
  { type: 'longblob', values: bytes(3000), ...hex },
  {
    type: 'point',
    values: fc.tuple(degrees, degrees).map(([x, y]) => `st_geomfromtext('POINT(${x} ${y})', 4326)`),
    ...hex,
  },
  { type: 'linestring', values: shapes(line), ...hex },
  { type: 'polygon', values: shapes(triangle), ...hex },
  { type: 'multipoint', values: shapes((...four) => `MULTIPOINT(${pair(...four)})`), ...hex },
  { type: 'multilinestring', values: shapes((...four) => `MULTILINESTRING((${pair(...four)}))`), ...hex },
  { type: 'multipolygon', values: shapes((...four) => `MULTIPOLYGON((${ring(...four)}))`), ...hex },
  {
    type: 'geometrycollection',
    values: shapes((...four) => `GEOMETRYCOLLECTION(${line(...four)}, ${triangle(...four)})`),
    ...hex,
  },
  { type: 'geometry', values: fc.oneof(shapes(line), shapes(triangle)), ...hex },
];

/** What MySQL has no such types of. */
const ofMariadb: readonly Subject[] = [
  { type: 'uuid', values: fc.uuid().map((value) => `'${value}'`) },
  { type: 'inet4', values: fc.ipV4().map((value) => `'${value}'`) },
  { type: 'inet6', values: fc.constantFrom("'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:1.2.3.4'") },
];

const subjects = (await isMariadb(await testMariadb())) ? [...ofBoth, ...ofMariadb] : ofBoth;

const rowsEach = 400;

/** What has rows read the slow way. */
const noPreparedStatements = { settings: { 'max-prepared-stmt-count': '0' } };

/** The table of each subject, filled; by table, its rows' texts by id, as the driver's own way has them. */
interface Filled {
  readonly seed: number;
  readonly references: readonly ReadonlyMap<string, string | null>[];
}

for (const [major, way] of [
  [15, 'fast'],
  [18, 'fast'],
  [18, 'slow'],
] as const) {
  test(`every column type of MariaDB arrives in PostgreSQL ${major} as what it was, the ${way} way`, async (t) => {
    await using stack = new AsyncDisposableStack();
    const server = way === 'fast' ? await testMariadb() : stack.use(await startMariadb(noPreparedStatements));
    const mariadb = stack.use(await temporaryMariadbDatabase(server));
    const postgres = stack.use(await temporaryPostgresDatabase(await testPostgres(major)));
    const raw = stack.use(await RawTables.in(postgres));
    const { seed, references } = await fill(mariadb);
    const source = mariadbSource(mariadb);
    const { tables: live } = await source.describe(mariadb.database, new AbortController().signal);
    const tables = subjects.map((subject, index) => declareSubject(live, index, subject));
    const unexplained: string[] = [];
    const read = await raw.read(source, tables, {
      onRead: async (table, checksums) => {
        const { leftRows, rightRows } = await findDifferences(
          checksums,
          raw.checksums(table),
          (difference) => {
            const about = `${table.declared.table} ${difference.kind} ${difference.key.join()} ${difference.columns.join()}`;
            if (difference.right?.note === undefined) unexplained.push(about);
          },
        );
        assert.equal(leftRows, rightRows);
      },
    });
    assert.deepEqual(unexplained, [], `the two systems' checksums differ, seed ${seed}`);
    assert.equal(read.remarks.length, way === 'fast' ? 0 : 1);
    for (const [index, subject] of subjects.entries()) {
      await t.test(`${subject.type} as ${subject.declared ?? 'its own type'}`, async () => {
        const reference = references[index] ?? new Map<string, string | null>();
        const repairs = read.tables[index]?.repairs ?? [];
        const repaired = await compare(raw, index, reference, `seed ${seed}`);
        assert.equal(
          repairs.reduce((sum, repair) => sum + repair.cells, 0),
          repaired,
        );
      });
    }
  });
}

function declareSubject(live: readonly LiveTable[], index: number, { declared }: Subject): TableToRead {
  const table = live.find((candidate) => candidate.table === `t${index}`);
  if (table === undefined) throw new Error(`no table t${index}`);
  const type = declared === undefined ? undefined : parseDeclaredType(declared);
  return declare(table, `raw_${index}`, {
    key: ['c0'],
    ...(type === undefined ? {} : { types: { v: type } }),
  });
}

async function fill(mariadb: TemporaryMariadbDatabase): Promise<Filled> {
  const seed = newSeed();
  return inMariadb(mariadb, async (connection: Connection) => {
    await connection.query("set names utf8mb4, sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
    const references: ReadonlyMap<string, string | null>[] = [];
    for (const [index, subject] of subjects.entries()) {
      const values = ['null', ...fc.sample(subject.values, { numRuns: rowsEach, seed })];
      await connection.query(`create table t${index} (id int primary key auto_increment, v ${subject.type})`);
      await connection.query(
        `insert into t${index} (v) values ${values.map((value) => `(${value})`).join(', ')}`,
      );
      const [rows] = await connection.query<RowDataPacket[][]>({
        sql: `select id, ${subject.reference ?? 'v'} from t${index}`,
        rowsAsArray: true,
        typeCast: (field) => field.string('utf8'),
      });
      references.push(
        new Map(
          rows.map((row): [string, string | null] => {
            const cells: readonly unknown[] = row;
            return [textOf(cells[0]) ?? '', textOf(cells[1])];
          }),
        ),
      );
    }
    return { seed, references };
  });
}

function textOf(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null;
}

/** Compares a raw table with its reference; gives the number of rows in which something was repaired. */
async function compare(
  raw: RawTables,
  index: number,
  reference: ReadonlyMap<string, string | null>,
  message: string,
): Promise<number> {
  const { shown = 'c1', expected = (text: string): string | null => text } = subjects[index] ?? {};
  const rows = await raw.rows(`select c0, ${shown}, nightjar_repaired from raw_${index} order by c0`);
  assert.equal(rows.length, reference.size, message);
  for (const [id, found, repaired] of rows) {
    const text = reference.get(id ?? '') ?? null;
    const wanted = text === null ? null : expected(text);
    assert.equal(found, wanted, `${message}, row ${id}: ${text}`);
    // A null that was a value, and nothing else, is noted.
    assert.equal(repaired !== null, text !== null && wanted === null, `${message}, row ${id}: ${text}`);
  }
  return rows.filter((row) => row[2] !== null).length;
}
