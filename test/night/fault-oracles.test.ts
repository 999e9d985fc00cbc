import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPlace, type FaultPlace } from '../faults/fault-place.ts';
import { left } from '../faults/oracles/nothing-left.ts';
import { watchReaders, type WatchingReaders } from '../faults/oracles/watching-readers.ts';
import { tryFault } from '../faults/try-fault.ts';
import { testPostgres } from '../harness/servers.ts';

// The fault suite says "0 violations": here is what each of its oracles says of a defect that is planted.

test('what is left behind is seen, each kind of it', async () => {
  await using place = await newPlace();
  assert.deepEqual(await left(place.shop), []);
  const planted: readonly (readonly [sql: string, seen: RegExp])[] = [
    ['create schema raw_999', /schema raw_999/],
    ['create schema generation_999', /schema generation_999 of a generation that is not known/],
    [
      'alter table nightjar_store.secret detach partition generation_2.secret',
      /generation 2 has no table or none attached for secret/,
    ],
    [
      "insert into nightjar.measure values (1, 'customer', 'nulls', 'marker', '', 0, 20)",
      /measures of generation 1, which is retired/,
    ],
    ['insert into nightjar.announcement values (now(), 1, 1)', /announcement of/],
    ["update nightjar.fence set holder = 'nobody', lease_pid = 1", /lease of nobody/],
    [
      "update nightjar.run set outcome = 'running' where number = 1",
      /run 1 without an end|run 1 recorded as running/,
    ],
    ["update nightjar.run set outcome = 'failed' where number = 2", /run 2 failed without a code/],
    ["delete from nightjar.switch where consumer = 'pooled'", /without a switch for pooled/],
    [
      "update nightjar.generation set state = 'discarded' where number = 3",
      /attached partition .* that is discarded/,
    ],
  ];
  await place.shop.warehouse.asSuperuser(async (client) => {
    await client.query("set session_replication_role = 'replica'");
    for (const [sql] of planted) await client.query(sql);
  });
  const found = await left(place.shop);
  for (const [sql, seen] of planted)
    assert.ok(
      found.some((what) => seen.test(what)),
      `${sql}: ${found.join('; ')}`,
    );
});

test('a published generation that changes is seen, by the comparison and by whoever reads', async () => {
  await using place = await newPlace();
  const readers = watchReaders(place, 1);
  // What changes must have been read before.
  await untilRead(readers);
  const { found, whole } = await tried(place, readers, async () => {
    await changePublished(place);
    await untilRead(readers);
  });
  await readers.stop();
  assert.ok(whole > 0);
  assert.ok(
    found.some((what) => what.includes('rows of no generation')),
    found.join('; '),
  );
  assert.ok(
    found.some((what) => what.includes('changed after it was published')),
    found.join('; '),
  );
  assert.ok(
    found.some((what) => what.includes('no whole generation')),
    found.join('; '),
  );
});

test('a session that is moved to another generation is seen', async () => {
  await using place = await newPlace();
  const readers = watchReaders(place, 1);
  await untilRead(readers);
  const until = Date.now() + 20_000;
  const found: string[] = [];
  while (!found.some((what) => /two generations|ended in another/.test(what)) && Date.now() < until) {
    await place.shop.warehouse.asSuperuser((client) =>
      client.query(
        'update nightjar.switch set generation = case generation when 3 then 2 else 3 end where generation in (2, 3)',
      ),
    );
    await sleep(50);
    found.push(...readers.found());
  }
  await readers.stop();
  assert.ok(
    found.some((what) => /two generations|ended in another/.test(what)),
    found.join('; '),
  );
});

test('a run after a fault that publishes something else, or nothing, is seen', async () => {
  await using place = await newPlace();
  const other = await tried(place, undefined, () => place.shop.mark('something else'));
  assert.ok(
    other.found.some((what) => what.includes('did not publish what an undisturbed one does')),
    other.found.join('; '),
  );
  const none = await tried(place, undefined, () => Promise.reject(new Error('planted')));
  assert.ok(
    none.found.some((what) => what.includes('planted')),
    none.found.join('; '),
  );
});

async function newPlace(): Promise<FaultPlace> {
  const [source, warehouse] = await Promise.all([testPostgres(15), testPostgres(18)]);
  return faultPlace({ warehouse, source });
}

async function tried(
  place: FaultPlace,
  readers: WatchingReaders | undefined,
  hurt: () => Promise<void>,
): Promise<{ readonly found: readonly string[]; readonly whole: number }> {
  const found: string[] = [];
  const count = { tried: () => undefined, violation: (_: string, what: string) => void found.push(what) };
  await tryFault(place, { fault: 'planted', hurt, ...(readers && { readers }) }, count);
  return { found, whole: readers?.counts.whole ?? 0 };
}

async function changePublished({ shop }: FaultPlace): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query("update generation_3.customer set marker = 'changed'"),
  );
}

/** Waits until the readers have read a few times more. */
async function untilRead(readers: WatchingReaders): Promise<void> {
  const before = readers.counts.whole;
  while (readers.counts.whole < before + 6) await sleep(20);
}
