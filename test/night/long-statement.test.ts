import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPlace } from '../faults/fault-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { leftovers } from './leftovers.ts';

test('what a killed runner had at work in the warehouse ends, and keeps nothing from the next run', async () => {
  const [source, warehouse] = await Promise.all([testPostgres(15), testPostgres(18)]);
  await using place = await faultPlace({ warehouse, source, fresh: true });
  const { shop } = place;
  await place.turn();
  await place.night();
  // The making of a candidate's table takes a minute.
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.hold() returns event_trigger language plpgsql as
        $f$ begin if current_query() like '%generation\\_2%' then perform pg_sleep(60); end if; end $f$;
      create event trigger hold on ddl_command_end when tag in ('CREATE TABLE') execute function public.hold()`),
  );
  const killed = place.startNight();
  await untilAsleep(place.shop);
  killed.child.kill('SIGKILL');
  assert.equal(await killed.ended, 'SIGKILL');
  await shop.warehouse.asSuperuser((client) => client.query('drop event trigger hold'));
  await place.night();
  assert.deepEqual(await leftovers(shop), ['generation_1', 'generation_3']);
});

async function untilAsleep(shop: Awaited<ReturnType<typeof faultPlace>>['shop']): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query(
        "select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()",
      ),
    );
    if (rows.length > 0) return;
    await sleep(50);
  }
  assert.fail('the statement never began');
}
