import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { quoteIdentifier } from '../../src/warehouse/identifier.ts';
import { altered } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, pooled, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look, nightOf } from './look.ts';
import { sqlstate } from './sqlstate.ts';

/** What a consumer does that means harm: it holds on to it while a night is published. */
interface Harm {
  readonly what: string;
  readonly does: (harm: Harmful) => Promise<void>;
  /** Whether the night that it meets changes columns, so that a view must be made again. */
  readonly changes?: true;
  /** What is to be seen afterwards of the client that did it. */
  readonly seen?: (client: pg.Client) => Promise<void>;
}

interface Harmful {
  readonly client: pg.Client;
  /** Its role, quoted. */
  readonly self: string;
  readonly shop: ShopNights;
  /** Another session of the same login. */
  readonly connect: () => Promise<pg.Client>;
}

const wider = altered('datasets/customer.yaml', 'varchar(60)', 'varchar(70)');

/** Six sessions do it, and whenever one is ended another does it in its place. */
async function again(connect: Harmful['connect'], sql: string): Promise<void> {
  const one = async (): Promise<void> => {
    const client = await connect();
    client.on('error', () => undefined);
    client.once('end', () => {
      // Until the test itself ends them, when nobody can connect any more.
      one().catch(() => undefined);
    });
    // It may have to wait for another, and may be ended meanwhile.
    void client.query(sql).catch(() => undefined);
  };
  for (let index = 0; index < 6; index++) await one();
}

const harms: readonly Harm[] = [
  {
    what: 'an open transaction',
    does: async ({ client }) => {
      await client.query('begin isolation level serializable');
      await look(client);
    },
    seen: async (client) => {
      // It has made nobody wait, and nobody has taken anything from it.
      assert.equal(await look(client), await look(client));
    },
  },
  {
    what: 'a lock on every view, and on the catalogue',
    does: async ({ client }) => {
      const views = ['customer', 'purchase', 'generation', 'dataset', 'change'].map(
        (view) => `shop_view.${view}`,
      );
      await client.query(
        `begin; lock table ${[...views, 'pg_catalog.pg_class', 'pg_catalog.pg_attribute'].join(', ')} in access share mode`,
      );
    },
  },
  {
    what: 'a lock on every table behind a view, where its rows are to be kept apart anew',
    does: async ({ client, shop }) => {
      await shop.warehouse.asSuperuser((superuser) =>
        superuser.query('alter table nightjar_store.customer disable row level security'),
      );
      await client.query('begin; lock table shop_view.customer in access share mode');
    },
    seen: async (client) => {
      await assert.rejects(client.query('select 1'), 'its session was ended');
    },
  },
  {
    what: 'a stronger lock, which it does not get',
    does: async ({ client }) => {
      for (const mode of ['row share', 'row exclusive', 'share', 'access exclusive']) {
        const sql = `begin; lock table shop_view.customer in ${mode} mode`;
        assert.equal(await sqlstate(client, sql), '42501', mode);
        await client.query('rollback');
      }
    },
  },
  {
    what: 'its own role, altered and not committed',
    does: async ({ client, self }) => {
      await client.query(
        `begin; alter role ${self} set search_path = nowhere; alter role ${self} password 'other'`,
      );
    },
  },
  {
    what: 'its own settings',
    does: async ({ client, self, connect }) => {
      await client.query(`
        alter role ${self} set search_path = pg_temp, pg_catalog; alter role ${self} set timezone = 'Pacific/Kiritimati';
        alter role ${self} set synchronous_commit = off; alter role ${self} set default_transaction_read_only = on;
        alter role ${self} set default_transaction_isolation = serializable; alter role ${self} set lock_timeout = '1ms'`);
      const settled = await connect();
      assert.equal(await sqlstate(settled, 'call shop_view.begin_import()'), '25006');
      await settled.query('set session characteristics as transaction read write');
      await settled.query('call shop_view.acknowledge()');
      await client.query(`alter role ${self} reset all`);
    },
  },
  {
    what: 'its own rights, given up and not committed: for which every VACUUM waits',
    does: async ({ client, self }) => {
      await client.query(`begin; drop owned by ${self}`);
    },
    seen: async (client) => {
      await client.query('rollback');
    },
  },
  {
    what: 'the same of six at once, each of which comes again when it is ended',
    does: ({ connect, self }) => again(connect, `begin; drop owned by ${self}`),
    changes: true,
  },
  {
    what: 'six that keep a view locked, each of which comes again when it is ended',
    does: ({ connect }) => again(connect, 'begin; lock table shop_view.change in access share mode'),
    changes: true,
  },
  {
    what: 'any advisory lock',
    does: async ({ client, self, shop }) => {
      const locks = 'select pg_advisory_lock(i), pg_advisory_lock(i, i) from generate_series(-50, 200) i';
      assert.equal(await sqlstate(client, locks), '42501');
      await shop.warehouse.asSuperuser((superuser) =>
        superuser.query(
          `grant execute on function pg_advisory_lock(bigint), pg_advisory_lock(integer, integer) to ${self}`,
        ),
      );
      await client.query(locks);
    },
    changes: true,
  },
  {
    what: 'a hundred connections',
    does: async ({ connect }) => {
      for (let index = 1; index < 100; index++) {
        const one = await connect();
        await one.query('begin');
        await look(one);
      }
      await assert.rejects(connect(), { code: '53300' });
    },
    changes: true,
  },
  {
    what: 'temporary tables and functions of the same names',
    does: async ({ client, self, shop }) => {
      const { database } = shop.warehouse.address;
      assert.equal(await sqlstate(client, 'create temporary table customer (i int)'), '42501');
      await shop.warehouse.asSuperuser((superuser) =>
        superuser.query(`grant temporary on database ${database} to ${self}`),
      );
      await client.query(`
        create temporary table customer as select 1 as customer_id; create temporary table switch as select 1 as generation;
        create temporary table login as select 'insider' as consumer, current_user as login;
        create function pg_temp.reading(text) returns bigint language sql return 1;
        create function pg_temp.now() returns timestamptz language sql return 'epoch'::timestamptz;
        create function pg_temp.int8eq(bigint, bigint) returns boolean language sql return true;
        create operator pg_temp.= (leftarg = bigint, rightarg = bigint, function = pg_temp.int8eq);
        set search_path = pg_temp, shop_view, pg_catalog; begin`);
      const { rows } = await client.query('select count(*)::int as rows from shop_view.customer');
      assert.deepEqual(rows, [{ rows: 20 }], 'it hides a dataset from itself, where it names no schema');
      await client.query('commit');
      await client.query('call shop_view.acknowledge()');
      await client.query('begin');
      await client.query('lock table customer in access exclusive mode');
    },
    changes: true,
  },
  {
    what: 'its word on an import, not committed',
    does: async ({ client }) => {
      await client.query(
        'begin; select shop_view.import_open(), shop_view.receipt_write(null); select shop_view.due_announce(1), shop_view.due_switch(now())',
      );
    },
    changes: true,
  },
];

for (const major of [15, 18] as const) {
  test(`nothing that a consumer does stops, delays or bends a publication, on ${major}`, async (t) => {
    await using shop = await shopNights(await testPostgres(major), [reader, pooled, insider]);
    let night = 0;
    let isWider = false;
    const publish = async (changes = false): Promise<number> => {
      if (changes) isWider = !isWider;
      await shop.mark(`n${++night}`);
      const { seconds } = await shop.night(isWider ? { files: wider } : {});
      return Object.values(seconds).reduce((sum, one) => sum + one, 0);
    };
    // A busy machine takes longer for a night that nobody disturbs, too.
    const undisturbed = Math.max(await publish(), await publish());
    const login = shop.warehouse.consumers[0]?.logins[0] ?? '';
    for (const { what, does, changes, seen } of harms) {
      await t.test(what, async () => {
        await using sessions = new AsyncDisposableStack();
        let isOver = false;
        const connect = async (): Promise<pg.Client> => {
          const client = await shop.warehouse.connectAs('reader');
          if (isOver) await client.end();
          else sessions.defer(() => client.end());
          return client;
        };
        try {
          const client = await connect();
          await does({ client, self: quoteIdentifier(login), shop, connect });
          const seconds = await publish(changes);
          assert.ok(
            seconds < Math.max(8, 4 * undisturbed),
            `published in ${seconds} s, undisturbed in ${undisturbed} s`,
          );
          assert.equal(await nightOf(shop, 'pooled'), night, 'whoever else reads has the new night');
          await seen?.(client);
        } finally {
          isOver = true;
        }
      });
      await shop.warehouse.asSuperuser((superuser) =>
        superuser.query(
          `alter role ${login} reset all; alter role ${login} password '${shop.warehouse.address.password}'`,
        ),
      );
      assert.equal(await nightOf(shop, 'reader'), night, 'and so has who did it, once it connects again');
    }
  });
}
