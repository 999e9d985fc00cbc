import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { temporaryPostgresDatabase, uniqueName } from '../../test/harness/databases.ts';
import { testMariadb, testPostgres } from '../../test/harness/servers.ts';
import { advanceSample, sampleDay, type LivedDay } from './advance.ts';
import { createSample } from './create.ts';
import { connectSample } from './database/connect.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { SampleTarget } from './database/target.ts';
import { dropSample } from './drop.ts';
import { fingerprint, fingerprints } from './fingerprint.ts';
import { hazardCounts, hazards, plantedPersons } from './hazards.ts';
import { findHazards } from './hazards/find.ts';
import { carriesMarker } from './marker.ts';
import { brokenReferences } from './references.ts';
import { findTable } from './schema/tables.ts';
import { rebuildPersonOwner } from './sync/owner-rule.ts';
import { dayText, parseDay } from './time/day.ts';
import type { WorldOptions } from './world/world.ts';

const options: WorldOptions = { scale: 1 / 2000, seed: 5, today: '2026-03-10', region: 'england' };
const lastDay = '2026-03-15';

describe('a sample that has lived for five days', () => {
  const stack = new AsyncDisposableStack();
  const targets: SampleTarget[] = [];
  let lived: readonly LivedDay[] = [];

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
    const told: (readonly LivedDay[])[] = [];
    for (const target of targets) {
      stack.defer(() => dropSample(target));
      await createSample(target, options);
      told.push(await advanceSample(target, { seed: options.seed, today: lastDay }));
    }
    lived = told[0] ?? [];
    assert.deepEqual(told[1], lived, 'both systems live the same days');
  });
  after(() => stack.disposeAsync());

  test('is the same on both systems', async () => {
    const digests: Readonly<Record<string, string>>[] = [];
    for (const target of targets) {
      await using database = await connectSample(target);
      digests.push(await fingerprints(database));
    }
    assert.deepEqual(digests[0], digests[1]);
  });

  test('has lived each day, with something of every kind', async () => {
    assert.deepEqual(
      lived.map(({ day }) => day),
      ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14', '2026-03-15'],
    );
    const sums: Record<string, number> = {};
    for (const { counts } of lived)
      for (const [kind, count] of Object.entries(counts)) sums[kind] = (sums[kind] ?? 0) + count;
    assert.deepEqual(
      Object.entries(sums).filter(([, count]) => count === 0),
      [],
    );
    for (const target of targets) assert.equal(await sampleDay(target), lastDay);
  });

  test('is not lived twice, nor backwards', async () => {
    for (const target of targets) {
      await assert.rejects(advanceSample(target, { seed: 5, today: lastDay }), { code: 'NJ-USE-SAMPLE' });
      await assert.rejects(advanceSample(target, { seed: 5, today: '2026-03-01' }), {
        code: 'NJ-USE-SAMPLE',
      });
    }
  });

  test('has the owners that the rule gives on the last day', async () => {
    for (const target of targets) {
      await using database = await connectSample(target);
      const owners = findTable('tcs', 'PersonOwner');
      const found = await fingerprint(database, owners);
      await rebuildPersonOwner(database, lastDay);
      assert.equal(await fingerprint(database, owners), found);
      await rebuildPersonOwner(database, '2027-03-15');
      assert.notEqual(await fingerprint(database, owners), found, 'another day has other owners');
      await rebuildPersonOwner(database, lastDay);
    }
  });

  test('has no wrong status but those that were planted', async () => {
    const planted = [
      ...plantedPersons(options, 'stale-current'),
      ...plantedPersons(options, 'stale-inactive'),
    ];
    const postHazard = hazards.filter((hazard) => hazard.name === 'post-with-stale-funding-status');
    for (const target of targets) {
      await using database = await connectSample(target);
      const wrong = await database.query(
        `SELECT p."id" FROM ${database.name('tcs', 'Person')} p WHERE p."status" IN ('CURRENT', 'INACTIVE') AND (p."status" = 'CURRENT') <> EXISTS (
           SELECT 1 FROM ${database.name('tcs', 'ProgrammeMembership')} m WHERE m."personId" = p."id"
           AND m."programmeStartDate" <= DATE '${lastDay}' AND m."programmeEndDate" >= DATE '${lastDay}')`,
      );
      assert.ok(wrong.length > 0);
      assert.deepEqual(
        wrong.map(({ id }) => Number(id)).filter((id) => !planted.includes(id)),
        [],
      );
      const [posts] = await findHazards(target, { ...options, today: lastDay }, postHazard);
      assert.equal(posts?.found, hazardCounts(options, target.kind)['post-with-stale-funding-status']);
    }
  });

  test('tells of some deletions and not of others', async () => {
    for (const target of targets) {
      await using database = await connectSample(target);
      const withEvidence = lived.flatMap((day) => day.placementsDeletedWithEvidence);
      const without = lived.flatMap((day) => day.placementsDeletedWithoutEvidence);
      assert.equal(await count(database, 'Placement', 'id', [...withEvidence, ...without]), 0);
      assert.equal(
        await count(database, 'PlacementLog', 'placementId', withEvidence, `"logType" = 'DELETE'`),
        withEvidence.length,
      );
      assert.equal(await count(database, 'PlacementLog', 'placementId', without, `"logType" = 'DELETE'`), 0);
    }
  });

  test('still holds to every key of the real schema', async () => {
    for (const target of targets) {
      await using database = await connectSample(target);
      assert.deepEqual(await brokenReferences(database), []);
    }
  });

  test('has joiners who are made up, too', async () => {
    const joined = lived.flatMap((day) => day.joinedPersons);
    for (const target of targets) {
      await using database = await connectSample(target);
      const rows = await database.query(
        `SELECT c."surname", c."forenames", c."email", c."mobileNumber", g."gmcNumber" FROM ${database.name('tcs', 'ContactDetails')} c
         JOIN ${database.name('tcs', 'GmcDetails')} g ON g."id" = c."id" WHERE c."id" IN (${joined.join(', ')})`,
      );
      assert.equal(rows.length, joined.length);
      for (const row of rows)
        for (const value of Object.values(row)) assert.ok(carriesMarker(String(value)), String(value));
      const changed = await database.query(
        `SELECT "surname", "email" FROM ${database.name('tcs', 'ContactDetails')} WHERE "surname" IS NOT NULL AND "email" IS NOT NULL`,
      );
      for (const row of changed)
        for (const value of Object.values(row)) assert.ok(carriesMarker(String(value)), String(value));
    }
  });

  test('has locks that say when each nightly job began', async () => {
    for (const target of targets) {
      await using database = await connectSample(target);
      const rows = await database.query(
        `SELECT "locked_at", "lock_until" FROM ${database.name('tcs', 'shedlock')}`,
      );
      assert.equal(rows.length, 7);
      for (const row of rows) {
        const at = Date.parse(`${String(row['locked_at'])}Z`);
        assert.equal(dayText(Math.floor(at / 86_400_000)), lastDay);
        assert.equal(Date.parse(`${String(row['lock_until'])}Z`) - at, 15 * 60_000);
      }
    }
  });

  test('lets two planted persons leave the window each night', async () => {
    const leavers = plantedPersons(options, 'window-leaver');
    const first = plantedPersons(options, 'window-last-day');
    for (const target of targets) {
      await using database = await connectSample(target);
      for (let night = parseDay(options.today); night < parseDay(options.today) + 15; night += 1) {
        const inside = await count(
          database,
          'ProgrammeMembership',
          'personId',
          [...leavers, ...first],
          `"programmeEndDate" >= DATE '${dayText(night - 56)}'`,
        );
        assert.equal(inside, 28 - 2 * (night - parseDay(options.today)));
      }
    }
  });
});

async function count(
  database: SampleDatabase,
  table: string,
  column: string,
  ids: readonly number[],
  condition = 'TRUE',
): Promise<number> {
  const [row] = await database.query(
    `SELECT COUNT(*) AS n FROM ${database.name('tcs', table)} WHERE "${column}" IN (${ids.join(', ')}) AND ${condition}`,
  );
  return Number(row?.['n']);
}
