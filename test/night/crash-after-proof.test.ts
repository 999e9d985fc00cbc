import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashPostgres } from '../faults/server-crash.ts';
import { faultPlace } from '../faults/fault-place.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';

for (const major of [15, 18] as const) {
  // An unlogged table that was made and rolled back a moment before keeps PostgreSQL from starting again: what made it
  // is in its log, what undid it is not on the disk yet ("could not create file … File exists").
  test(`a warehouse that crashes just after the proof of the SELECTs starts again, on ${major}`, async () => {
    await using warehouse = await startPostgres(major);
    await using place = await faultPlace({ warehouse, source: await testPostgres(18), fresh: true });
    await place.turn();
    await place.night();
    const night = place.startNight('stop prepare.proved 1');
    await night.atPoint;
    await night.stopped();
    try {
      await crashPostgres(warehouse);
    } finally {
      night.child.kill('SIGCONT');
    }
    assert.notEqual(await night.ended, 0);
    await place.night();
  });
}
