import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look, lookInTransaction } from './look.ts';

const nights = 3;

/** What every reader is told: the last night that was published when it looks, and when to stop. */
interface Course {
  published: number;
  over: boolean;
  readings: number;
}

type Reading = (shop: ShopNights, course: Course) => Promise<void>;

/** A new session reads at least the night that was in force when it began to connect, and that one to its end. */
const sessionsInReadCommitted: Reading = async (shop, course) => {
  while (!course.over) {
    const floor = course.published;
    await withClient(shop, 'reader', async (client) => {
      const night = await look(client);
      assert.ok(night >= floor, `a session begun in night ${floor} reads night ${night}`);
      for (let again = 0; again < 8 && !course.over; again++) {
        await sleep(Math.random() * 60);
        assert.equal(await look(client, { pause: Math.random() * 20 }), night);
        course.readings++;
      }
    });
  }
};

const sessionsInRepeatableRead: Reading = async (shop, course) => {
  while (!course.over) {
    const floor = course.published;
    await withClient(shop, 'reader', async (client) => {
      const night = await lookInTransaction(client, 'repeatable read', { pause: 30 });
      assert.ok(night >= floor);
      await sleep(Math.random() * 400);
      assert.equal(await lookInTransaction(client, 'repeatable read'), night);
      course.readings++;
    });
  }
};

/** One session for the whole time. */
const sessionKeptOpen: Reading = (shop, course) =>
  withClient(shop, 'reader', async (client) => {
    const night = await look(client, { prepared: true });
    while (!course.over) {
      assert.equal(await look(client, { prepared: true, pause: 5 }), night);
      course.readings++;
    }
  });

/** Connections opened without a pause: also at the very instant. */
const connecting: Reading = async (shop, course) => {
  while (!course.over) {
    const floor = course.published;
    await withClient(shop, 'reader', async (client) => {
      const night = await look(client);
      assert.ok(night >= floor, `a session begun in night ${floor} reads night ${night}`);
      await sleep(2);
      assert.equal(await look(client), night);
      course.readings++;
    });
  }
};

/** One session of a consumer pinned by its transaction, with prepared statements that outlive each publication. */
const transactionsOfOneSession =
  (isolation: 'read committed' | 'repeatable read'): Reading =>
  (shop, course) =>
    withClient(shop, 'pooled', async (client) => {
      let last = 0;
      while (!course.over) {
        const floor = course.published;
        const night = await lookInTransaction(client, isolation, { prepared: true, pause: 10 });
        assert.ok(
          night >= floor && night >= last,
          `a transaction begun in night ${floor} reads night ${night}`,
        );
        last = night;
        course.readings++;
      }
    });

/** A snapshot older than the load, and used for the first time after the publication. */
const snapshotsOlderThanTheLoad =
  (consumer: 'reader' | 'pooled'): Reading =>
  async (shop, course) => {
    while (!course.over) {
      await withClient(shop, consumer, async (client) => {
        await client.query('begin isolation level repeatable read');
        await client.query('select 1');
        const old = course.published;
        while (course.published === old && !course.over) await sleep(20);
        assert.equal(await look(client), old, 'an older snapshot reads the whole older night');
        await client.query('commit');
        // Where the pin is the transaction, the next one reads what is in force now.
        if (consumer === 'pooled') assert.ok((await look(client)) >= course.published);
        else assert.equal(await look(client), old);
        course.readings++;
      });
    }
  };

async function withClient(
  shop: ShopNights,
  consumer: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = await shop.warehouse.connectAs(consumer);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const readings: readonly Reading[] = [
  sessionsInReadCommitted,
  sessionsInRepeatableRead,
  sessionKeptOpen,
  connecting,
  connecting,
  transactionsOfOneSession('read committed'),
  transactionsOfOneSession('repeatable read'),
  snapshotsOlderThanTheLoad('reader'),
  snapshotsOlderThanTheLoad('pooled'),
];

for (const major of [15, 18] as const) {
  test(`readers of a PostgreSQL ${major} poll through ${nights} publications: each its own night, whole`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const course: Course = { published: 1, over: false, readings: 0 };
    const running = Promise.all(
      readings.map(async (reading) => {
        try {
          await reading(shop, course);
        } finally {
          course.over = true;
        }
      }),
    );
    try {
      for (let night = 2; night <= nights && !course.over; night++) {
        await shop.publish(`n${night}`);
        course.published = night;
        await sleep(200);
      }
    } finally {
      course.over = true;
    }
    await running;
    assert.equal(course.published, nights);
    assert.ok(course.readings > 50, `${course.readings} readings`);
  });
}
