import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { temporaryPostgresDatabase, uniqueName } from '../../test/harness/databases.ts';
import { testMariadb, testPostgres } from '../../test/harness/servers.ts';
import { createSample } from './create.ts';
import { connectSample } from './database/connect.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { SampleTarget } from './database/target.ts';
import { dropSample } from './drop.ts';
import type { FaultOptions } from './faults/fault.ts';
import { faults } from './faults/registry.ts';
import { findFault, hurtSample, requireFaultApplies } from './hurt.ts';
import type { WorldOptions } from './world/world.ts';

const options: WorldOptions = { scale: 1 / 2000, seed: 3, today: '2026-03-10', region: 'england' };

interface Trace {
  /** A query with one row and one column `n`. */
  readonly sql: (database: SampleDatabase) => string;
  readonly holds: (before: number, after: number) => boolean;
}

const rowsOf =
  (service: 'tcs' | 'reference', table: string, where = 'TRUE') =>
  (database: SampleDatabase) =>
    `SELECT COUNT(*) AS n FROM ${database.name(service, table)} WHERE ${where}`;
const columnLike = (table: string, column: string, condition: string) => (database: SampleDatabase) =>
  `SELECT COUNT(*) AS n FROM information_schema.columns WHERE table_name = '${table}' AND column_name = '${column}' AND ${condition} AND ${inPlace(database)}`;
const inPlace = (database: SampleDatabase): string =>
  `table_schema = '${database.name('tcs', 'x').split('"')[1] ?? ''}'`;

const fewer = (before: number, after: number): boolean => after < before && after > 0;
const gone = (before: number, after: number): boolean => after === 0 && before > 0;
const more = (before: number, after: number): boolean => after > before;

/** Not one of those below: a column that somebody named. */
const renamedRole: Trace = { sql: columnLike('Person', 'roleNew', 'TRUE'), holds: more };

/** What each harm leaves behind, in the order in which they can be done to one sample. A harm without a line fails the test. */
const traces: Readonly<Record<string, Trace>> = {
  'half-filled-owner': { sql: rowsOf('tcs', 'PersonOwner'), holds: fewer },
  'lose-rows': { sql: rowsOf('tcs', 'Placement'), holds: fewer },
  'rename-role': {
    sql: rowsOf('tcs', 'Person', `REPLACE("role", 'DR in Training', '') <> "role"`),
    holds: gone,
  },
  'rekey-memberships': { sql: firstMembership, holds: (before, after) => before !== after },
  'rekey-curriculum-memberships': {
    sql: rowsOf('tcs', 'CurriculumMembership', '"id" < 10000000'),
    holds: gone,
  },
  'null-names': { sql: rowsOf('tcs', 'ContactDetails', '"surname" IS NULL'), holds: more },
  'rename-office': { sql: rowsOf('tcs', 'Programme', `"owner" = 'East Midlands'`), holds: gone },
  'double-office': { sql: rowsOf('reference', 'LocalOffice', `"status" = 'CURRENT'`), holds: more },
  'double-label': { sql: rowsOf('reference', 'FundingType', `"status" = 'CURRENT'`), holds: more },
  'new-code': { sql: rowsOf('tcs', 'Placement', `"placementType" = 'Shadowing'`), holds: more },
  'hours-as-wte': { sql: rowsOf('tcs', 'Placement', '"placementWholeTimeEquivalent" > 30'), holds: more },
  'zero-dates': { sql: rowsOf('tcs', 'Placement', `"dateTo" >= DATE '1990-01-01'`), holds: fewer },
  'nul-in-text': {
    sql: rowsOf('tcs', 'ContactDetails', `"address3" LIKE CONCAT('%', CHAR(0))`),
    holds: more,
  },
  'foreign-engine': { sql: engineOfPlacementSite, holds: gone },
  'stale-locks': {
    sql: rowsOf('tcs', 'shedlock', `"locked_at" < TIMESTAMP '2026-03-10 00:00:00'`),
    holds: (before, after) => before === 0 && after === 7,
  },
  'truncate-during': { sql: rowsOf('tcs', 'PersonOwner'), holds: more },
  'lock-table': { sql: rowsOf('tcs', 'Placement'), holds: (before, after) => before === after },
  'narrow-column': {
    sql: columnLike('Programme', 'programmeName', 'character_maximum_length > 40'),
    holds: gone,
  },
  'retype-column': { sql: columnLike('PersonalDetails', 'dateOfBirth', `data_type = 'date'`), holds: gone },
  'rename-column': { sql: columnLike('ContactDetails', 'email', 'TRUE'), holds: gone },
  'drop-column': { sql: columnLike('Placement', 'lifecycleState', 'TRUE'), holds: gone },
  'empty-table': { sql: rowsOf('tcs', 'ContactDetails'), holds: gone },
  'drop-table': { sql: permitTables, holds: gone },
};

describe('harm done to a sample', () => {
  const stack = new AsyncDisposableStack();
  const targets: SampleTarget[] = [];

  before(async () => {
    const { host, port, user, password } = await testMariadb();
    targets.push({ kind: 'mysql', host, port, user, password, prefix: uniqueName('tis') });
    const database = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
    targets.push({
      kind: 'postgres',
      host: database.host,
      port: database.port,
      user: database.user,
      password: database.password,
      database: database.database,
    });
    for (const target of targets) {
      stack.defer(() => dropSample(target));
      await createSample(target, options);
    }
  });
  after(() => stack.disposeAsync());

  test('has a trace that this file knows, each of it', () => {
    assert.deepEqual(faults.map(({ name }) => name).sort(), Object.keys(traces).sort());
  });

  for (const [name, trace] of Object.entries(traces)) {
    test(name, async () => {
      for (const target of targets) {
        if (findFault(name).only === 'mysql' && target.kind === 'postgres') {
          await assert.rejects(hurtSample(target, name), { code: 'NJ-USE-SAMPLE' });
          continue;
        }
        await using database = await connectSample(target);
        const before = await number(database, trace);
        const { sentence } = await hurtSample(target, name, { seconds: 0.05 });
        const after = await number(database, trace);
        assert.ok(trace.holds(before, after), `${target.kind}: ${before} before, ${after} after`);
        assert.match(sentence, /^\S.* .*\.$/);
      }
    });
  }

  test('is refused when nobody knows it, and when there is no such table', async () => {
    for (const target of targets) {
      await assert.rejects(hurtSample(target, 'no-such-harm'), {
        code: 'NJ-USE-FAULT',
        message: /empty-table/,
      });
      await assert.rejects(hurtSample(target, 'empty-tabel'), /"empty-tabel"\. Did you mean empty-table\?$/);
      await assert.rejects(hurtSample(target, 'empty-table', { table: 'Persons' }), {
        code: 'NJ-USE-SAMPLE',
      });
      await assert.rejects(hurtSample(target, 'lose-rows', { share: 7 }), { code: 'NJ-USE-SAMPLE' });
    }
  });

  test('is refused for a table or a column that it does not take, without doing it as well', async () => {
    const refused: readonly (readonly [harm: string, options: FaultOptions, words: RegExp])[] = [
      ['empty-table', { table: 'Nope' }, /^The sample has no table Nope\./],
      ['half-filled-owner', { table: 'tcs.Person' }, /^The harm half-filled-owner takes no table/],
      ['stale-locks', { column: 'id' }, /^The harm stale-locks takes no column/],
      ['empty-table', { column: 'id' }, /^The harm empty-table takes no column/],
      ['drop-column', { table: 'tcs.Person' }, /^tcs\.Person has no column lifecycleState\./],
      ['rename-column', { table: 'tcs.Person', column: 'nope' }, /^tcs\.Person has no column nope\./],
      ['lose-rows', { table: 'tcs.ProgrammeMembership' }, /^tcs\.ProgrammeMembership is not numbered/],
    ];
    for (const target of targets) {
      for (const [harm, options, words] of refused) {
        const expected = { code: 'NJ-USE-SAMPLE', message: words };
        await assert.rejects(hurtSample(target, harm, options), expected);
        await assert.rejects(requireFaultApplies(target, harm, options), expected);
      }
    }
  });

  test('is done to the column that is named', async () => {
    for (const target of targets) {
      await hurtSample(target, 'rename-column', { table: 'tcs.Person', column: 'role' });
      await using database = await connectSample(target);
      assert.equal(await number(database, renamedRole), 1);
    }
  });

  test('is never done to a database that serves something else as well, nor is a sample made there', async () => {
    const warehouse = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
    const { host, port, user, password, database } = warehouse;
    const target: SampleTarget = { kind: 'postgres', host, port, user, password, database };
    await createSample(target, options);
    await using other = await connectSample(target);
    await other.run('CREATE SCHEMA ndw');
    await other.run('CREATE TABLE ndw.person (id bigint)');
    const refused = {
      code: 'NJ-USE-SAMPLE',
      message: /^1 table there was not made by the sample \(ndw\.person\)/,
    };
    await assert.rejects(createSample(target, options), refused);
    await assert.rejects(hurtSample(target, 'empty-table'), refused);
  });

  test('is never done to what is no sample', async () => {
    const real = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
    const target: SampleTarget = {
      kind: 'postgres',
      host: real.host,
      port: real.port,
      user: real.user,
      password: real.password,
      database: real.database,
    };
    await assert.rejects(hurtSample(target, 'empty-table'), { code: 'NJ-USE-SAMPLE' });
    await using database = await connectSample(target);
    await database.run('CREATE SCHEMA tcs');
    await database.run('CREATE TABLE tcs."ContactDetails" AS SELECT 1 AS id');
    await assert.rejects(hurtSample(target, 'empty-table'), { code: 'NJ-USE-SAMPLE' });
    const [row] = await database.query('SELECT COUNT(*) AS n FROM tcs."ContactDetails"');
    assert.equal(row?.['n'], '1');
  });
});

async function number(database: SampleDatabase, trace: Trace): Promise<number> {
  const [row] = await database.query(trace.sql(database));
  return Number(row?.['n']);
}

/** The first digits of a membership's key, as a number. */
function firstMembership(database: SampleDatabase): string {
  const memberships = database.name('tcs', 'ProgrammeMembership');
  const digits = `(SELECT MIN("uuid") FROM ${memberships})`;
  return database.kind === 'mysql' ? `SELECT CRC32(${digits}) AS n` : `SELECT hashtext(${digits}) AS n`;
}

function engineOfPlacementSite(database: SampleDatabase): string {
  return `SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_name = 'PlacementSite' AND engine = 'InnoDB' AND ${inPlace(database)}`;
}

function permitTables(database: SampleDatabase): string {
  const schema = database.name('reference', 'x').split('"')[1] ?? '';
  return `SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_name = 'PermitToWork' AND table_schema = '${schema}'`;
}
