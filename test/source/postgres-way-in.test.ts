import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { postgresSource } from './postgres-source.ts';

const never = new AbortController().signal;

test('what keeps us out of a database of PostgreSQL is told as what it is', async () => {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  const { database: name, host, port } = database;
  const at = `The source connection "tis" at ${host}:${port}`;
  await inPostgres(database, (client) =>
    client.query(
      `create role ${name} login password 'a word'; revoke connect on database ${name} from public`,
    ),
  );
  try {
    const us = { user: name, password: 'a word' };
    await assert.rejects(postgresSource(database, { database: 'no_such' }).describe('public', never), {
      code: 'NJ-SOURCE-NO-DATABASE',
      message: `${at} has no database "no_such".`,
    });
    await assert.rejects(postgresSource(database, us).describe('public', never), {
      code: 'NJ-SOURCE-DATABASE-DENIED',
      message: `${at} knows user "${name}", but does not let it connect to database "${name}". What lets it: GRANT CONNECT ON DATABASE "${name}" TO "${name}";`,
    });
    await assert.rejects(postgresSource(database, { ...us, password: 'another' }).describe('public', never), {
      code: 'NJ-SOURCE-DENIED',
    });
    await inPostgres(database, (client) => client.query(`grant connect on database "${name}" to "${name}"`));
    await postgresSource(database, us).describe('public', never);
  } finally {
    await inPostgres(database, (client) => client.query(`drop owned by ${name}; drop role ${name}`));
  }
});
