import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashPoints, type CrashPoint } from '../../src/error/crash-point.ts';
import { faultPlace, type FaultPlace } from '../faults/fault-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { inSession } from '../publish/in-session.ts';

test('every crash point is passed by the first nights of a warehouse, and one that is named ends the process', async () => {
  const [source, warehouse] = await Promise.all([testPostgres(15), testPostgres(18)]);
  await using place = await faultPlace({ warehouse, source, fresh: true });
  const passed = new Set<string>();
  // The fourth is the first that has something to retire.
  for (let time = 0; time < 4; time++) {
    await place.turn();
    const night = place.startNight('tell');
    assert.equal(await night.ended, 0, night.said());
    for (const point of night.points) passed.add(point);
  }
  for (const point of await pointsOfSwitchDue(place)) passed.add(point);
  assert.deepEqual(
    crashPoints.filter((point) => !passed.has(point)),
    [],
  );

  const killed = place.startNight('kill extract.table-copied 2');
  assert.equal(await killed.ended, 'SIGKILL', killed.said());
  assert.deepEqual(killed.points, ['extract.table-copied']);
  const undisturbed = place.startNight();
  assert.equal(await undisturbed.ended, 0, undisturbed.said());
  assert.deepEqual(undisturbed.points, []);
});

/** What is passed when the night that a consumer's import keeps waiting is given to it. */
async function pointsOfSwitchDue(place: FaultPlace): Promise<readonly CrashPoint[]> {
  await inSession(place.shop, 'insider', (client) => client.query('call shop_view.begin_import()'));
  await place.night();
  const program = place.startSwitchDue('insider', 'tell');
  assert.equal(await program.ended, 0, program.said());
  return program.points;
}
