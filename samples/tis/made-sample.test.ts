import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  inMariadb,
  inPostgres,
  temporaryPostgresDatabase,
  uniqueName,
} from '../../test/harness/databases.ts';
import { testMariadb, testPostgres } from '../../test/harness/servers.ts';
import { createSample } from './create.ts';
import { connectSample } from './database/connect.ts';
import { encodeRows } from './database/encode.ts';
import { insertStatements } from './database/insert.ts';
import { quoteName } from './database/quote.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { MysqlTarget, PostgresTarget, SampleTarget } from './database/target.ts';
import { dropSample } from './drop.ts';
import { fingerprint, fingerprints } from './fingerprint.ts';
import { hazardCounts, hazards } from './hazards.ts';
import { findHazards } from './hazards/find.ts';
import { carriesMarker } from './marker.ts';
import { createReader } from './reader.ts';
import { brokenReferences } from './references.ts';
import { personalColumns } from './schema/personal-columns.ts';
import { findTable, sampleTables } from './schema/tables.ts';
import { rebuildPersonOwner } from './sync/owner-rule.ts';
import { rebuildTrustLinks } from './sync/trust-links.ts';
import { nonNumbers } from './tables/person-detail-rows.ts';
import { rowSources } from './tables/row-sources.ts';
import { makeWorld, type WorldOptions } from './world/world.ts';

const options: WorldOptions = { scale: 1 / 2000, seed: 11, today: '2026-03-10', region: 'england' };

describe('a sample that has just been made', () => {
  const stack = new AsyncDisposableStack();
  let mysql: MysqlTarget;
  let postgres: PostgresTarget;

  before(async () => {
    mysql = await mysqlTarget(stack);
    postgres = await postgresTarget(stack);
    await createSample(mysql, options);
    await createSample(postgres, options);
  });
  after(() => stack.disposeAsync());

  test('has the same rows on both systems', async () => {
    assert.deepEqual(await fingerprintsOf(mysql), await fingerprintsOf(postgres));
  });

  test('has the same rows when it is made again in place of another', async () => {
    const again = await postgresTarget(stack);
    await createSample(again, { ...options, seed: 12, region: 'nimdta' });
    await createSample(again, options);
    assert.deepEqual(await fingerprintsOf(again), await fingerprintsOf(postgres));
  });

  test('has the same bytes from the same seed, and others from another', () => {
    const bytes = (seed: number): string => {
      const world = makeWorld({ ...options, seed });
      const hash = createHash('sha256');
      for (const source of rowSources) {
        for (const chunk of encodeRows(source.rows(world), 'mysql')) hash.update(chunk);
      }
      return hash.digest('hex');
    };
    assert.equal(bytes(11), bytes(11));
    assert.notEqual(bytes(11), bytes(12));
  });

  test('has each hazard in the number that is told', async () => {
    for (const target of [mysql, postgres]) {
      const found = await findHazards(target, options, hazards);
      const counts = Object.fromEntries(found.map((one) => [one.hazard.name, one.found]));
      assert.deepEqual(counts, hazardCounts(options, target.kind));
    }
  });

  test('notices a hazard that is one too many', async () => {
    await using database = await connectSample(postgres);
    const grades = database.name('tcs', 'PostGrade');
    await database.run('BEGIN');
    await database.run(
      `INSERT INTO ${grades} ("id", "postId", "gradeId", "postGradeType") SELECT MAX("id") + 1, 100, 1, 'APPROVED' FROM ${grades}`,
    );
    await database.run('COMMIT');
    const [found] = await findHazards(
      postgres,
      options,
      hazards.filter((hazard) => hazard.name === 'post-with-two-approved-grades'),
    );
    await database.run(`DELETE FROM ${grades} WHERE "id" = (SELECT MAX("id") FROM ${grades})`);
    assert.equal(found?.found, (found?.planned ?? 0) + 1);
  });

  test('holds to every key of the real schema', async () => {
    for (const target of [mysql, postgres]) {
      await using database = await connectSample(target);
      assert.deepEqual(await brokenReferences(database), []);
    }
  });

  test('marks every personal value as made up', async () => {
    await using database = await connectSample(postgres);
    const unmarked: string[] = [];
    for (const [service, table, columns] of personalColumns) {
      for (const column of columns) {
        const rows = await database.query(
          `SELECT DISTINCT ${quoteName(column)} AS value FROM ${database.name(service, table)} WHERE ${quoteName(column)} IS NOT NULL`,
        );
        for (const { value } of rows) {
          const excused = column === 'gmcNumber' && nonNumbers.some((text) => text === value);
          if (!carriesMarker(String(value)) && !excused)
            unmarked.push(`${table}.${column}: ${String(value)}`);
        }
      }
    }
    assert.deepEqual(unmarked.slice(0, 20), []);
  });

  test('marks nothing that is not personal', async () => {
    await using database = await connectSample(postgres);
    const personal = new Set(
      personalColumns.flatMap(([service, table, columns]) =>
        columns.map((column) => `${service}.${table}.${column}`),
      ),
    );
    const marked: string[] = [];
    for (const table of sampleTables) {
      for (const column of table.columns) {
        const place = `${table.database}.${table.name}.${column.name}`;
        // Organisations have addresses in the area ZZ as well.
        if (personal.has(place) || column.name === 'postCode') continue;
        const rows = await database.query(
          `SELECT DISTINCT ${quoteName(column.name)}::text AS value FROM ${database.name(table.database, table.name)}`,
        );
        if (rows.some(({ value }) => value !== null && value !== undefined && carriesMarker(value)))
          marked.push(place);
      }
    }
    assert.deepEqual(marked, []);
  });

  test('has owners and trusts as the nightly jobs would leave them', async () => {
    for (const target of [mysql, postgres]) {
      await using database = await connectSample(target);
      const derived = ['PersonOwner', 'PersonTrust', 'PostTrust'].map((name) => findTable('tcs', name));
      const made = await oneByOne(derived, (table) => fingerprint(database, table));
      await rebuildPersonOwner(database, options.today);
      await rebuildTrustLinks(database, 'Person', 300);
      await rebuildTrustLinks(database, 'Post', 100);
      const rebuilt = await oneByOne(derived, (table) => fingerprint(database, table));
      assert.deepEqual(rebuilt, made);
    }
  });

  test('fills every column it names, and names only columns that exist', () => {
    const world = makeWorld(options);
    for (const source of rowSources) {
      const table = findTable(source.database, source.table);
      const known = new Set(table.columns.map((column) => column.name));
      assert.deepEqual(
        source.columns.filter((column) => !known.has(column)),
        [],
        table.name,
      );
      for (const row of source.rows(world)) {
        assert.equal(row.length, source.columns.length, table.name);
        break;
      }
    }
    assert.equal(rowSources.length, sampleTables.length);
  });

  test('goes in by INSERT where LOAD DATA is refused, with the same result', async () => {
    await using database = await connectSample(mysql);
    for (const [service, name] of [
      ['tcs', 'Placement'],
      ['tcs', 'Post'],
      ['tcs', 'ContactDetails'],
    ] as const) {
      const table = findTable(service, name);
      const source = rowSources.find((candidate) => candidate.table === name);
      assert.ok(source);
      const loaded = await fingerprint(database, table);
      await database.run(`TRUNCATE TABLE ${database.name(service, name)}`);
      for (const { sql } of insertStatements(
        database.name(service, name),
        source.columns,
        source.rows(makeWorld(options)),
        'mysql',
      )) {
        await database.run(sql);
      }
      assert.equal(await fingerprint(database, table), loaded);
    }
  });

  test('can be read by a reader who can do nothing else', async () => {
    const reader = { name: uniqueName('reader'), password: "it's a secret" };
    const own = `${mysql.prefix ?? ''}_tcs`;
    const other = `${mysql.prefix ?? ''}_other`;
    const mariadb = await testMariadb();
    await inMariadb(mariadb, async (connection) => {
      await connection.query(`create database ${other}; create table ${other}.t (a int)`);
    });
    stack.defer(() =>
      inMariadb(mariadb, async (connection) => {
        await connection.query(
          `drop database ${other}; drop user ${reader.name}@'%'; drop user ${reader.name}@localhost`,
        );
      }),
    );
    await createReader(mysql, reader);
    await inMariadb({ ...mariadb, user: reader.name, password: reader.password }, async (connection) => {
      const denied = { code: 'ER_TABLEACCESS_DENIED_ERROR' };
      await connection.query(`select count(*) from ${own}.Person`);
      await assert.rejects(connection.query(`delete from ${own}.Person`), denied);
      await assert.rejects(connection.query(`select * from ${other}.t`), denied);
    });

    await createReader(postgres, reader);
    const place = { ...(await testPostgres(18)), database: postgres.database };
    stack.defer(() =>
      inPostgres(place, async (client) => {
        await client.query(`drop owned by ${reader.name}; drop role ${reader.name}`);
      }),
    );
    await inPostgres({ ...place, user: reader.name, password: reader.password }, async (client) => {
      await client.query('select count(*) from tcs."Person"');
      await assert.rejects(client.query('delete from tcs."Person"'), { code: '42501' });
    });
  });

  test('is never made over tables that are not a sample', async () => {
    const foreign = await postgresTarget(stack);
    await using database = await connectSample(foreign);
    await database.run('CREATE SCHEMA tcs');
    await database.run('CREATE TABLE tcs."Person" (id bigint)');
    await assert.rejects(createSample(foreign, options), { code: 'NJ-USE-SAMPLE' });
    await assert.rejects(dropSample(foreign), { code: 'NJ-USE-SAMPLE' });
    const [left] = await database.query('SELECT COUNT(*) AS n FROM tcs."Person"');
    assert.equal(left?.['n'], '0');
  });

  test('can be broken off', async () => {
    for (const target of [await mysqlTarget(stack), await postgresTarget(stack)]) {
      const aborted = new AbortController();
      const made = createSample(target, {
        ...options,
        signal: aborted.signal,
        onProgress: () => aborted.abort(),
      });
      await assert.rejects(made, { name: 'AbortError' });
    }
  });
});

describe('a sample of Northern Ireland', () => {
  const nimdta: WorldOptions = { ...options, region: 'nimdta' };
  test('has its hazards, one office, and values that England lacks', async () => {
    await using stack = new AsyncDisposableStack();
    const target = await postgresTarget(stack);
    await createSample(target, nimdta);
    for (const { hazard, found, planned } of await findHazards(target, nimdta, hazards))
      assert.equal(found, planned, hazard.name);
    await using database = await connectSample(target);
    const [offices] = await database.query('SELECT COUNT(*) AS n FROM reference."LocalOffice"');
    assert.equal(offices?.['n'], '1');
    assert.ok((hazardCounts(nimdta, 'postgres')['value-unknown-in-england'] ?? 0) > 0);
    assert.equal(hazardCounts(options, 'postgres')['value-unknown-in-england'], 0);
  });
});

async function mysqlTarget(stack: AsyncDisposableStack): Promise<MysqlTarget> {
  const { host, port, user, password } = await testMariadb();
  const target: MysqlTarget = { kind: 'mysql', host, port, user, password, prefix: uniqueName('tis') };
  stack.defer(() => dropSample(target));
  return target;
}

async function postgresTarget(stack: AsyncDisposableStack): Promise<PostgresTarget> {
  const { host, port, user, password, database } = stack.use(
    await temporaryPostgresDatabase(await testPostgres(18)),
  );
  return { kind: 'postgres', host, port, user, password, database };
}

async function fingerprintsOf(target: SampleTarget): Promise<Readonly<Record<string, string>>> {
  await using database: SampleDatabase = await connectSample(target);
  return await fingerprints(database);
}

async function oneByOne<In, Out>(list: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (const item of list) results.push(await work(item));
  return results;
}
