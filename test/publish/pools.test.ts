import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPgbouncer, type RunningPgbouncer } from '../harness/pgbouncer.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look, lookInTransaction } from './look.ts';

const server = await testPostgres(18);
const shop = await shopNights(server);
after(() => shop[Symbol.asyncDispose]());
await shop.publish('n1');
let published = 1;

test('behind PgBouncer in transaction mode each transaction reads one night, and the next one in force', async () => {
  await using bouncer = await startBouncer('transaction', 'pooled', { default_pool_size: '2' });
  const readings = await whilePublishing(async (over) => {
    let count = 0;
    await withClient(bouncer, 'pooled', async (client) => {
      let last = 0;
      while (!over()) {
        const floor = published;
        const night = await lookInTransaction(client, 'read committed', { pause: 5 });
        assert.ok(night >= floor && night >= last);
        last = night;
        count++;
        await sleep(5);
      }
    });
    return count;
  }, 4);
  assert.ok(readings > 20, `${readings} readings`);
});

// A session pool that hands a server's session from one client to the next hands on its night too: so it must not.
test('behind PgBouncer in session mode that uses a session once, each session reads one night, and whoever connects the one in force', async () => {
  await using bouncer = await startBouncer('session', 'reader', { server_lifetime: '0' });
  const readings = await whilePublishing(async (over) => {
    let count = 0;
    while (!over()) {
      const floor = published;
      await withClient(bouncer, 'reader', async (client) => {
        const night = await look(client);
        assert.ok(night >= floor, `connected in night ${floor}, reads night ${night}`);
        for (let again = 0; again < 5; again++) {
          await sleep(Math.random() * 50);
          assert.equal(await look(client), night);
        }
        count++;
      });
    }
    return count;
  }, 4);
  assert.ok(readings > 5, `${readings} readings`);
});

test('behind PgBouncer in session mode that keeps sessions, a client reads one night, whole: that of the session it is given', async () => {
  await using bouncer = await startBouncer('session', 'reader', {});
  const before = published;
  await withClient(bouncer, 'reader', async (client) => assert.equal(await look(client), before));
  await publishNext();
  await withClient(bouncer, 'reader', async (client) => assert.equal(await look(client), before));
});

async function publishNext(): Promise<void> {
  await shop.publish(`n${published + 1}`);
  published++;
}

/** Runs several readers while two nights are published; the sum of what they give. */
async function whilePublishing(
  reader: (over: () => boolean) => Promise<number>,
  readers: number,
): Promise<number> {
  const course = { over: false };
  const running = Array.from({ length: readers }, async () => {
    try {
      return await reader(() => course.over);
    } finally {
      course.over = true;
    }
  });
  try {
    for (let night = 0; night < 2 && !course.over; night++) {
      await sleep(200);
      await publishNext();
    }
    await sleep(200);
  } finally {
    course.over = true;
  }
  return (await Promise.all(running)).reduce((sum, count) => sum + count, 0);
}

function startBouncer(
  mode: 'session' | 'transaction',
  consumer: string,
  settings: Readonly<Record<string, string>>,
): Promise<RunningPgbouncer> {
  return startPgbouncer({ server, mode, users: [credentials(shop, consumer)], settings });
}

async function withClient(
  bouncer: RunningPgbouncer,
  consumer: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const { database } = shop.warehouse.address;
  const client = new pg.Client({
    ...credentials(shop, consumer),
    host: bouncer.host,
    port: bouncer.port,
    database,
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function credentials(of: ShopNights, consumer: string): { user: string; password: string } {
  const login = of.warehouse.consumers.find((one) => one.name === consumer)?.logins[0] ?? '';
  return { user: login, password: of.warehouse.address.password };
}
