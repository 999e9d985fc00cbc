import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RowDataPacket } from 'mysql2/promise';
import {
  inMariadb,
  inPostgres,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
} from '../harness/databases.ts';
import { startPgbouncer } from '../harness/pgbouncer.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';

for (const major of [15, 18] as const) {
  test(`a PostgreSQL ${major} sorts text by code point and speaks UTF-8`, async () => {
    await using database = await temporaryPostgresDatabase(await testPostgres(major));
    const { rows } = await inPostgres(database, (client) =>
      client.query<{ version: string; encoding: string; sorted: string[] }>(`
        select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
               array(select t from unnest(array['é', 'b', 'Z', 'a']) t order by t) as sorted`),
    );
    assert.equal(rows[0]?.version.slice(0, 2), String(major));
    assert.equal(rows[0].encoding, 'UTF8');
    assert.deepEqual(rows[0].sorted, ['Z', 'a', 'b', 'é']);
  });
}

test('a temporary database is gone after its test, also with a session still in it', async () => {
  const server = await testPostgres(18);
  let name = '';
  await inPostgres(server, async (client) => {
    await using database = await temporaryPostgresDatabase(server);
    name = database.database;
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name]);
    assert.equal(rows.length, 1);
  });
  const { rows } = await inPostgres(server, (c) =>
    c.query('select 1 from pg_database where datname = $1', [name]),
  );
  assert.equal(rows.length, 0);
});

test('the MariaDB names the position of a snapshot', async () => {
  await using database = await temporaryMariadbDatabase(await testMariadb());
  const status = await inMariadb(database, async (connection) => {
    await connection.query('create table t (id int primary key) engine = InnoDB');
    await connection.query('start transaction with consistent snapshot');
    const [rows] = await connection.query<RowDataPacket[]>("show status like 'binlog_snapshot_position'");
    return rows;
  });
  assert.equal(Number(status[0]?.['Value']) > 0, true);
});

for (const mode of ['session', 'transaction'] as const) {
  test(`PgBouncer pools by ${mode}`, async () => {
    const server = await testPostgres(18);
    await using bouncer = await startPgbouncer({
      server,
      mode,
      users: [server],
      settings: { stats_users: server.user },
    });
    const console = await inPostgres({ ...server, port: bouncer.port, database: 'pgbouncer' }, (client) =>
      client.query<{ key: string; value: string }>('show config'),
    );
    assert.equal(console.rows.find((row) => row.key === 'pool_mode')?.value, mode);
    const { rows } = await inPostgres({ ...server, port: bouncer.port }, (client) =>
      client.query<{ port: number }>('select inet_server_port() as port'),
    );
    assert.equal(rows[0]?.port, server.port);
  });
}
