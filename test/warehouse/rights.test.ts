import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminSql } from '../../src/warehouse/admin-sql.ts';
import { missingRights } from '../../src/warehouse/rights.ts';
import { Session } from '../../src/warehouse/session.ts';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { testWarehouse } from '../harness/warehouse.ts';

/** What is done behind the administrator's back, and what must then be found; `{db}`, `{role}`, `{login}` stand for names. */
interface Harm {
  readonly sql: string;
  readonly missing: string;
  readonly line: string;
  /** On these only. */
  readonly from16?: true;
}

const advisoryLocks = [
  ...['pg_advisory_lock', 'pg_advisory_lock_shared', 'pg_advisory_xact_lock', 'pg_advisory_xact_lock_shared'],
  ...['pg_try_advisory_lock', 'pg_try_advisory_lock_shared'],
  ...['pg_try_advisory_xact_lock', 'pg_try_advisory_xact_lock_shared'],
]
  .flatMap((name) => [`${name}(bigint)`, `${name}(integer, integer)`])
  .join(', ');

const harms: readonly Harm[] = [
  ...['create', 'connect'].map((right) => ({
    sql: `revoke ${right} on database {db} from {role}`,
    missing:
      'our role "{role}" has no right of its own to connect to this database, or none to create schemas in it',
    line: 'grant connect, create on database "{db}" to "{role}";',
  })),
  {
    sql: 'revoke pg_read_all_stats from {role}',
    missing: 'our role "{role}" is not a member of pg_read_all_stats',
    line: 'grant pg_read_all_stats to "{role}";',
  },
  ...['connect', 'temporary', 'create'].map((right) => ({
    sql: `grant ${right} on database {db} to public`,
    missing: 'PUBLIC may connect to this database, or make temporary tables in it',
    line: 'revoke all on database "{db}" from public;',
  })),
  ...['usage', 'create'].map((right) => ({
    sql: `grant ${right} on schema public to public`,
    missing: 'PUBLIC may use schema public, or create in it',
    line: 'revoke all on schema public from public;',
  })),
  ...['lo_creat(integer)', 'lo_create(oid)', 'lo_from_bytea(oid, bytea)'].map((name) => ({
    sql: `grant execute on function ${name} to public`,
    missing: 'PUBLIC may make large objects',
    line: 'revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;',
  })),
  ...['pg_advisory_lock(bigint)', 'pg_try_advisory_xact_lock_shared(integer, integer)'].map((name) => ({
    sql: `grant execute on function ${name} to public`,
    missing: 'PUBLIC may take advisory locks, as many as fill the table of locks',
    line: `revoke execute on function ${advisoryLocks} from public;`,
  })),
  {
    sql: 'alter role {login} connection limit -1',
    missing: 'the consumer role "{login}" may open any number of connections, and so keep everybody out',
    line: 'alter role "{login}" connection limit 100;',
  },
  {
    sql: 'revoke connect on database {db} from {login}',
    missing: 'the consumer role "{login}" has no right of its own to connect to this database',
    line: 'grant connect on database "{db}" to "{login}";',
  },
  {
    sql: 'revoke {login} from {role}',
    missing: 'our role is not a member of "{login}"{options}, so "nightjar read" cannot show what it sees',
    line: 'grant "{login}" to "{role}"{with};',
  },
  ...['inherit true, set true', 'inherit false, set false'].map((options) => ({
    sql: `grant {login} to {role} with ${options}`,
    missing: 'our role is not a member of "{login}"{options}, so "nightjar read" cannot show what it sees',
    line: 'grant "{login}" to "{role}"{with};',
    from16: true as const,
  })),
  {
    sql: 'alter role {role} bypassrls',
    missing: 'the role "{role}" passes row-level security by, which keeps a reader to its own generation',
    line: 'alter role "{role}" nobypassrls;',
  },
  {
    sql: 'alter role {role} superuser',
    missing: 'our role "{role}" is a superuser, which sees and may do everything',
    line: 'alter role "{role}" nosuperuser;',
  },
];

for (const major of [15, 18] as const) {
  test(`whatever an administrator's line gave is missed when it is gone, and the line mends it, on ${major}`, async (t) => {
    await using warehouse = await testWarehouse(await testPostgres(major), [
      { name: 'reader', reads: [] },
      { name: 'other', reads: [] },
    ]);
    const { address, consumers } = warehouse;
    await using session = await Session.open({
      address,
      purpose: 'test',
      signal: new AbortController().signal,
    });
    const login = consumers[0]?.logins[0] ?? '';
    const named = (text: string): string =>
      text
        .replaceAll('{options}', major < 16 ? '' : ' that may become it and inherits nothing')
        .replaceAll('{with}', major < 16 ? '' : ' with inherit false, set true')
        .replaceAll('{db}', address.database)
        .replaceAll('{role}', address.user)
        .replaceAll('{login}', login);
    assert.deepEqual(await missingRights(session, consumers), []);
    for (const harm of harms.filter(({ from16 }) => from16 !== true || major >= 16)) {
      await t.test(harm.sql, async () => {
        await warehouse.asSuperuser((client) => client.query(named(harm.sql)));
        assert.deepEqual(await missingRights(session, consumers), [
          { missing: named(harm.missing), line: named(harm.line) },
        ]);
        await warehouse.asSuperuser((client) => client.query(named(harm.line)));
        assert.deepEqual(await missingRights(session, consumers), []);
      });
    }
    await t.test('a login that no consumer may have, which nothing is granted to us for', async () => {
      const another = '-- give the consumer another login in the deployment file';
      await warehouse.asSuperuser((client) =>
        client.query(`revoke ${login} from ${address.user}; alter role ${login} superuser`),
      );
      assert.deepEqual(await missingRights(session, consumers), [
        {
          missing: `the login "${login}" of a consumer is a superuser, from whom nothing in the warehouse can be kept`,
          line: another,
        },
      ]);
      const request = { major, database: address.database, role: address.user, consumers };
      await warehouse.asSuperuser(async (client) => {
        const grant = adminSql(request)
          .split('\n')
          .find((line) => line.includes(`grant "${login}" to `));
        await assert.rejects(
          client.query(grant ?? ''),
          /the login .* is a superuser: give the consumer another/,
        );
        await client.query(`alter role ${login} nosuperuser; ${grant ?? ''}`);
      });
      assert.deepEqual(await missingRights(session, consumers), []);

      const own = [{ name: 'reader', logins: [address.user] }];
      assert.deepEqual(await missingRights(session, own), [
        { missing: `the login "${address.user}" of a consumer is our own role`, line: another },
      ]);
      assert.throws(() => adminSql({ ...request, consumers: own }), {
        code: 'NJ-CONFIG-NAME',
        message: `"${address.user}" cannot be the name of a login: it is the role that Nightjar itself works as.`,
      });
    });
    await t.test('a consumer role that is not there', async () => {
      const away = `${login}_away`;
      await warehouse.asSuperuser((client) => client.query(`alter role ${login} rename to ${away}`));
      const found = await missingRights(session, consumers);
      assert.deepEqual(
        found.map(({ missing }) => missing),
        [
          `the consumer role "${login}" does not exist`,
          `the consumer role "${login}" may open any number of connections, and so keep everybody out`,
          `the consumer role "${login}" has no right of its own to connect to this database`,
          named(
            'our role is not a member of "{login}"{options}, so "nightjar read" cannot show what it sees',
          ),
        ],
      );
      for (const { line } of found) await warehouse.asSuperuser((client) => client.query(line));
      assert.deepEqual(await missingRights(session, consumers), []);
      await warehouse.asSuperuser((client) =>
        client.query(`drop owned by ${login}; drop role ${login}; alter role ${away} rename to ${login}`),
      );
    });
  });

  test(`in a database that no administrator has prepared, every line of his is named, on ${major}`, async () => {
    await using warehouse = await testWarehouse(await testPostgres(major), [{ name: 'reader', reads: [] }]);
    await using fresh = await temporaryPostgresDatabase(await testPostgres(major));
    const { address, consumers } = warehouse;
    await using session = await Session.open({
      address: { ...address, database: fresh.database },
      purpose: 'test',
      signal: new AbortController().signal,
    });
    const sql = adminSql({ major, database: fresh.database, role: address.user, consumers });
    const found = await missingRights(session, consumers);
    const printed = sql.split('\n').filter((line) => line !== '' && !line.startsWith('-- '));
    // Roles belong to the server, and so does what they are members of.
    const ofDatabase = printed.filter((line) => / (on|function) /.test(line));
    assert.equal(ofDatabase.length, 6);
    assert.deepEqual(
      found.map(({ line }) => line),
      ofDatabase.map((line) => line.replace(/ -- .*$/, '')),
    );
    await inPostgres(fresh, (client) => client.query(sql));
    assert.deepEqual(await missingRights(session, consumers), []);
  });
}
