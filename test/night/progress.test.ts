import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import pg from 'pg';
import { runSentences } from '../../src/cli/run-sentences.ts';
import { lastRuns, type RunSummary } from '../../src/night/last-runs.ts';
import { ProgressCount } from '../../src/night/progress-count.ts';
import { Lease } from '../../src/publish/lease.ts';
import { noProgress } from '../../src/night/stage-progress.ts';
import { expectation, secondsLeft } from '../../src/night/time-left.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

test('who asks while a run is at work is told its stage, its rows, its rate and what is left', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.mark('n2');
  await using session = await shop.session();
  const { host, port, user, password, database } = shop.source;
  const holder = new pg.Client({ host, port, user, password, database });
  await holder.connect();
  // The run reads the customers, and then waits for the order lines.
  await holder.query('begin; lock table shop.order_line in access exclusive mode');
  const night = shop.night();
  night.catch(() => undefined);
  let latest: RunSummary | undefined;
  do {
    await sleep(50);
    [latest] = await lastRuns(session, 1);
  } while (latest?.number !== 2 || (latest.outcome === 'running' && latest.progress.rows === 0));
  await holder.query('commit');
  await holder.end();
  assert.equal(latest.stage, 'extract');
  assert.equal(latest.progress.rows, 20);
  const now = new Date(latest.stageBeganAt.getTime() + 4_000);
  const [sentence = ''] = runSentences(latest, await expectation(session), now);
  // 85 rows came the last time: 65 more at 5 rows a second, and then the later stages.
  assert.match(
    sentence,
    /^Run 2 of night 2026-11-21 has been at work since .* in extract: 20 rows, (?:[\d.]+ \w+, )?5 rows\/s, about (1[3-9]|[2-5]\d) s left\.$/,
  );
  // A runner that is killed leaves its run without an end, and its lease's connection closed.
  const dead = { ...latest, alive: false };
  assert.match(runSentences(dead, undefined, now).join(' '), /^Run 2 .* ended without a word in extract/);
  await night;
  const [ended] = await lastRuns(session, 1);
  assert.deepEqual(runSentences(ended, undefined, now), [
    `The latest run, 2 of night 2026-11-21 at ${latest.startedAt.toISOString()}, published generation 2.`,
  ]);
});

test('a run whose runner is no more is not said to be at work', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  const alive = async (): Promise<boolean | undefined> => (await lastRuns(session, 1))[0]?.alive;
  assert.equal(await alive(), false);
  const lease = await Lease.take(shop.warehouse.address, new AbortController().signal);
  await shop.warehouse.asSuperuser((client) =>
    client.query("update nightjar.run set outcome = 'running', fence = $1", [lease.fence]),
  );
  assert.equal(await alive(), true);
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'nightjar lease'",
    ),
  );
  assert.equal(await alive(), false);
  await lease[Symbol.asyncDispose]();
});

test('a rehearsal is told of as one, not as a run that was stopped', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.night({ dryRun: true });
  await using session = await shop.session();
  const [latest] = await lastRuns(session, 1);
  assert.equal(latest?.outcome, 'rehearsed');
  assert.match(
    runSentences(latest, undefined, new Date())[0] ?? '',
    /^The latest run, 1 of night .*, was a rehearsal \(--dry-run\): .* nothing was to be published\.$/,
  );
});

test('progress adds up over tables, also when one is read anew, and begins again with each stage', () => {
  const count = new ProgressCount();
  count.see({ kind: 'stage', stage: 'extract' });
  count.see({ kind: 'reading', table: 'a', rows: 10, bytes: 100 });
  count.see({ kind: 'reading', table: 'b', rows: 5, bytes: 50 });
  count.see({ kind: 'reading', table: 'a', rows: 4, bytes: 40 });
  assert.deepEqual(count.now, { rows: 9, bytes: 90, datasets: 0, datasetRows: 0 });
  count.see({ kind: 'stage', stage: 'build' });
  assert.deepEqual(count.now, noProgress);
  count.see({ kind: 'built', dataset: 'd', seconds: 1 });
  assert.deepEqual(count.now, { rows: 0, bytes: 0, datasets: 1, datasetRows: 0 });
  count.see({ kind: 'stage', stage: 'audit' });
  count.see({ kind: 'audited', dataset: 'd', rows: 6 });
  count.see({ kind: 'audited', dataset: 'e', rows: 4 });
  assert.deepEqual(count.now, { rows: 0, bytes: 0, datasets: 2, datasetRows: 10 });
});

test('what is left is the rest of the rows at the rate so far, and the later stages as the last time', () => {
  const expected = { rows: 1000, seconds: { extract: 90, build: 20, audit: 10, publish: 1 } };
  const reading = { ...noProgress, rows: 250 };
  assert.equal(secondsLeft(expected, 'extract', 10, reading), 30 + 31);
  assert.equal(secondsLeft(expected, 'extract', 10, { ...noProgress, rows: 2000 }), 31);
  assert.equal(secondsLeft(expected, 'extract', 10, noProgress), 80 + 31);
  assert.equal(secondsLeft(expected, 'build', 5, noProgress), 15 + 11);
  assert.equal(secondsLeft(expected, 'build', 50, noProgress), 11);
  assert.equal(secondsLeft(undefined, 'build', 5, noProgress), undefined);
  assert.equal(secondsLeft({ rows: 0, seconds: {} }, 'build', 5, noProgress), undefined);
});
