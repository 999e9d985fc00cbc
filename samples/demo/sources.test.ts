import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  inPostgres,
  temporaryPostgresDatabase,
  type TemporaryPostgresDatabase,
} from '../../test/harness/databases.ts';
import { testPostgres } from '../../test/harness/servers.ts';
import { sampleDay } from '../tis/advance.ts';
import { createSample } from '../tis/create.ts';
import type { PostgresTarget } from '../tis/database/target.ts';
import { advanceSources, makeWhole } from './sources.ts';

const firstDay = '2026-03-10';
const nextDay = '2026-03-11';
const made = { scale: 1 / 2000, seed: 2021, today: firstDay, region: 'england' } as const;
const unstopped = new AbortController().signal;

describe('a source of the demo', () => {
  const stack = new AsyncDisposableStack();
  let place: TemporaryPostgresDatabase;
  let target: PostgresTarget;
  const sources = () => [
    { environment: { name: 'production', region: 'england' }, target, schemaPrefix: '' } as const,
  ];
  const people = async (): Promise<number> =>
    inPostgres(place, async (client) => {
      const { rows } = await client.query<{ people: string }>('select count(*) as people from tcs."Person"');
      return Number(rows[0]?.people);
    });

  before(async () => {
    place = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
    const { host, port, user, password, database } = place;
    target = { kind: 'postgres', host, port, user, password, database };
  });
  after(() => stack.disposeAsync());

  test('that was being made when its start was stopped is made again', async () => {
    const stop = new AbortController();
    const half = createSample(target, {
      ...made,
      signal: stop.signal,
      onProgress: ({ table, done }) => {
        if (done && table === 'tcs.Person') stop.abort('SIGINT was received');
      },
    });
    await assert.rejects(half);
    await assert.rejects(sampleDay(target), { code: 'NJ-USE-SAMPLE' });
    await makeWhole(target, { ...made, signal: unstopped });
    assert.equal(await sampleDay(target), firstDay);
    assert.equal(await people(), 1_000);
  });

  test('that is whole is left as it is', async () => {
    await inPostgres(place, (client) =>
      client.query(
        `create table tcs.seen (id int); comment on table tcs.seen is 'Nightjar sample: made-up data, no real person'`,
      ),
    );
    await makeWhole(target, { ...made, signal: unstopped });
    await inPostgres(place, (client) => client.query('drop table tcs.seen'));
  });

  test('that was being lived when its start was stopped lives that day to its end', async () => {
    const stop = new AbortController();
    await inPostgres(place, async (client) => {
      // What users did is committed when the nightly jobs come to this table.
      await client.query('begin; lock table tcs."PersonTrust" in access exclusive mode');
      const advanced = advanceSources(sources(), nextDay, stop.signal);
      let ended = false;
      void advanced.catch(() => undefined).finally(() => (ended = true));
      // On another connection: what a transaction once saw of the others it sees to its end.
      await inPostgres(place, async (watcher) => {
        const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        while (!ended && (await watcher.query(waiting)).rowCount === 0) await sleep(20);
      });
      stop.abort('SIGINT was received');
      await client.query('commit');
      await assert.rejects(advanced);
    });
    assert.equal(await sampleDay(target), firstDay);
    await advanceSources(sources(), nextDay, unstopped);
    assert.equal(await sampleDay(target), nextDay);
  });

  test('that has lived a day already, when its start was stopped before the night, stays in it', async () => {
    const before = await people();
    await advanceSources(sources(), nextDay, unstopped);
    assert.equal(await sampleDay(target), nextDay);
    assert.equal(await people(), before);
  });
});
