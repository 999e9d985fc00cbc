import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import type { ConnectionDeclaration } from '../../src/pipeline/deployment.ts';
import { parseDeclaredType, type DeclaredType } from '../../src/pipeline/declared-type.ts';
import { liveType } from '../../src/source/mysql/live-type.ts';
import type { LiveColumn, RepairKind } from '../../src/source/source.ts';
import {
  inMariadb,
  inPostgres,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
} from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { setting } from '../harness/warehouse.ts';
import { readPage, tableRows } from './page.ts';

const page = await readPage('docs/reference/types.md');

interface Entry {
  readonly column: string;
  readonly declared: DeclaredType;
  readonly also: readonly DeclaredType[];
  readonly raw: string;
  readonly remark: string;
}

const mysqlEntries = tableRows(page, 'MySQL and MariaDB').map(
  ([column = '', declared = '', also = '', raw = '', remark = '']): Entry => ({
    column: plain(column),
    declared: parsed(declared),
    also: also === '' ? [] : also.split(/, (?=`)/).map(parsed),
    raw: plain(raw),
    remark,
  }),
);
const postgresEntries = tableRows(page, 'PostgreSQL').map(
  ([column = '', declared = '', raw = '', remark = '']): Entry => ({
    column: plain(column),
    declared: parsed(declared),
    also: [],
    raw: plain(raw),
    remark,
  }),
);

/** All that either server has; each that the type map knows must be on the page. */
const mysqlTypes =
  'tinyint smallint mediumint int bigint decimal float double bit year date datetime timestamp time char varchar ' +
  'tinytext text mediumtext longtext binary varbinary tinyblob blob mediumblob longblob enum set json uuid inet4 inet6 ' +
  'geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection vector xmltype';

test('every type of MySQL and MariaDB that the type map knows is on the page', () => {
  for (const name of mysqlTypes.split(' ')) {
    const known = liveType({
      ...{ name, printed: name, length: 1, precision: 1, scale: 0, fraction: 0 },
    }).type;
    const onPage = mysqlEntries.some((entry) => entry.column.split(/[ (]/)[0] === name);
    assert.equal(onPage, known !== undefined, name);
  }
});

test('what MariaDB says of each column type on the page', async () => {
  await using database = await temporaryMariadbDatabase(await testMariadb());
  const entries = mysqlEntries.filter((entry) => !entry.remark.includes('not tried'));
  const columns = entries.map((entry, index) => `c${index} ${entry.column} null`);
  await inMariadb(database, (connection) => connection.query(`create table t (${columns.join(', ')})`));
  compare(entries, await describe('mysql', database, database.database));
});

for (const major of [15, 18] as const) {
  test(`what PostgreSQL ${major} says of each column type on the page`, async () => {
    await using database = await temporaryPostgresDatabase(await testPostgres(major));
    const columns = postgresEntries.map((entry, index) => `c${index} ${entry.column}`);
    await inPostgres(database, (client) => client.query(`create table t (${columns.join(', ')})`));
    compare(postgresEntries, await describe('postgres', database, 'public'));
  });
}

test('every kind of repair is on the page', () => {
  const kinds: Readonly<Record<RepairKind, true>> = {
    'zero-date': true,
    'impossible-date': true,
    nul: true,
    'not-utf8': true,
    'out-of-range': true,
  };
  const written = tableRows(page, 'What is repaired').map(([kind = '']) => plain(kind));
  assert.deepEqual(written.sort(), Object.keys(kinds).sort());
});

function compare(entries: readonly Entry[], live: readonly LiveColumn[]): void {
  assert.equal(live.length, entries.length);
  entries.forEach((entry, index) => {
    const found = live.find((column) => column.name === `c${index}`);
    assert.ok(found, entry.column);
    assert.deepEqual(meaning(found.type), meaning(entry.declared), entry.column);
    assert.equal(found.type?.raw, entry.raw, entry.column);
    assert.deepEqual(found.alternatives.map(meaning), entry.also.map(meaning), entry.column);
  });
}

/** Without how it is written. */
function meaning(type: DeclaredType | undefined): object {
  return { raw: type?.raw, capacity: type?.capacity };
}

async function describe(
  kind: 'mysql' | 'postgres',
  server: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  },
  schema: string,
): Promise<readonly LiveColumn[]> {
  const declaration: ConnectionDeclaration = {
    name: 'test',
    kind,
    host: setting(server.host),
    port: setting(server.port),
    user: setting(server.user),
    password: setting(server.password),
    tls: { mode: 'default' },
    database: kind === 'postgres' ? setting(server.database) : undefined,
    lockWait: 10,
    snapshotLimit: 60,
  };
  const { tables } = await connectSource(declaration).describe(schema, new AbortController().signal);
  return tables.flatMap((table) => table.columns);
}

function plain(cell: string): string {
  return cell.replaceAll('`', '');
}

function parsed(cell: string): DeclaredType {
  const type = parseDeclaredType(plain(cell));
  assert.ok(type, `${cell} is no declared type`);
  return type;
}
