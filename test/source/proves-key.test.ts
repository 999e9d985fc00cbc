import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDeclaredType } from '../../src/pipeline/declared-type.ts';
import { provesKey } from '../../src/source/proves-key.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import {
  inMariadb,
  inPostgres,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
} from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { declare } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { postgresSource } from './postgres-source.ts';

/** Which of the tables of a source prove that their column c0, or both, tell their rows apart. */
async function proved(source: SourceConnection, schema: string): Promise<readonly string[]> {
  const { tables } = await source.describe(schema, new AbortController().signal);
  return tables.flatMap((live) =>
    [['c0'], ['c0', 'c1']]
      .filter((key) => provesKey(live, declare(live, 'raw_0', { key }).declared))
      .map((key) => `${live.table} ${key.join()}`),
  );
}

const tables = `create table a (i int primary key, j int);
  create table b (i int, j int, primary key (i, j));
  create table c (i int not null, j int, unique (i));
  create table d (i int, j int not null, unique (i));
  create table e (i int not null, j int not null);
  create index e_of_i on e (i);
  create view v as select * from a;`;

const kept = ['a c0', 'a c0,c1', 'b c0,c1', 'c c0', 'c c0,c1'];

for (const major of [15, 18] as const) {
  test(`what PostgreSQL ${major} keeps unique`, async () => {
    await using database = await temporaryPostgresDatabase(await testPostgres(major));
    await inPostgres(database, (client) =>
      client.query(`${tables}
        create table f (i int not null, j int not null); create unique index on f (i) where j > 0;
        create table g (i int not null, j int not null); create unique index on g ((i + 1));
        create table h (i int primary key, j int); create table child () inherits (h);
        create table k (i int not null, j int not null); create unique index on k (i) include (j);
        create table p (i int not null, j int, primary key (i)) partition by list (i)`),
    );
    assert.deepEqual((await proved(postgresSource(database), 'public')).toSorted(), [
      ...kept,
      ...['k c0', 'k c0,c1', 'p c0', 'p c0,c1'],
    ]);
  });
}

test('what MariaDB keeps unique', async () => {
  await using database = await temporaryMariadbDatabase(await testMariadb());
  await inMariadb(database, (connection) =>
    connection.query(`${tables} create table f (i tinyint(1) primary key, j int)`),
  );
  const source = mariadbSource(database);
  assert.deepEqual((await proved(source, database.database)).toSorted(), [...kept, 'f c0', 'f c0,c1']);
  // As a boolean 2 and 3 are both true.
  const { tables: live } = await source.describe(database.database, new AbortController().signal);
  const flag = live.find(({ table }) => table === 'f');
  const type = parseDeclaredType('boolean');
  assert.ok(flag !== undefined && type !== undefined);
  assert.equal(provesKey(flag, declare(flag, 'raw_0', { key: ['c0'], types: { i: type } }).declared), false);
});
