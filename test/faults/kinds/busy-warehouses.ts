import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { calmLanes } from '../calm-lanes.ts';
import { coded } from '../coded.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

interface Obstacle {
  readonly name: string;
  /** Whether the night must publish all the same. */
  readonly borne: boolean;
  readonly hurt: (place: FaultPlace) => Promise<boolean>;
}

/** Readers and locks that stand in the way: some a night must not even notice, with the others it ends in a sentence. */
const obstacles: readonly Obstacle[] = [
  held('a reader that is idle in its transaction', true, 'reader', 'begin; select from shop_view.customer'),
  held(
    'a reader with a snapshot',
    true,
    'reader',
    'begin isolation level repeatable read; select from shop_view.customer',
  ),
  held(
    'a reader with a cursor',
    true,
    'pooled',
    'begin; declare c cursor for select * from shop_view.purchase; fetch c',
  ),
  held('locks of all tables, as pg_dump takes them', true, undefined, dumpLocks()),
  held('a locked journal', false, undefined, 'begin; lock table nightjar.journal in share mode'),
  held(
    'a locked store',
    false,
    undefined,
    'begin; lock table nightjar_store.customer in access exclusive mode',
  ),
  held('a locked fence', false, undefined, 'begin; select from nightjar.fence for update'),
  { name: 'a deadlock in its publication', borne: false, hurt: deadlock },
  { name: 'pg_dump', borne: true, hurt: dump },
];

export const busyWarehouses: FaultKind = {
  name: 'long readers, pg_dump, locks, deadlock',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const pieces = [...obstacles, ...obstacles];
    await inLanes(lanes.all, pieces, async ({ place, readers }, { name, borne, hurt }) => {
      const tried = async (): Promise<void> => {
        if (!(await hurt(place)) && borne) throw new Error('the night failed');
      };
      await tryFault(place, { fault: name, readers, hurt: tried }, count);
    });
  },
};

/** Something that another session holds for the whole night; it sees the same rows at its end as at its beginning. */
function held(name: string, borne: boolean, consumer: string | undefined, sql: string): Obstacle {
  return {
    name,
    borne,
    hurt: async (place) => {
      const client = await connect(place, consumer);
      try {
        await client.query(sql);
        const before = consumer === undefined ? undefined : await markersSeen(client);
        const ended = await coded(place.night());
        if (consumer !== undefined && (await markersSeen(client)) !== before)
          throw new Error('a session that was open before reads something else now');
        return ended;
      } finally {
        await client.end();
      }
    },
  };
}

async function markersSeen(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ seen: string }>(
    `select md5(string_agg(c::text, '' order by c::text)) || (select md5(string_agg(p::text, '' order by p::text))
       from shop_view.purchase p) as seen from shop_view.customer c`,
  );
  return rows[0]?.seen ?? '';
}

/** Two that wait for each other: we for the journal with the fence in hand, the other the other way round. */
async function deadlock(place: FaultPlace): Promise<boolean> {
  const other = await connect(place, undefined);
  try {
    await other.query('begin; lock table nightjar.journal in access exclusive mode');
    const night = coded(place.night());
    // Waits for the fence until the night has let go of it; or is ended as a deadlock's victim.
    await untilWaiting(place);
    await other.query('update nightjar.fence set number = number').catch(() => undefined);
    await other.query('rollback');
    return await night;
  } finally {
    await other.end();
  }
}

async function untilWaiting({ shop }: FaultPlace): Promise<void> {
  for (let isWaiting = false; !isWaiting;) {
    isWaiting = await shop.warehouse.asSuperuser(async (client) => {
      const { rows } = await client.query(
        "select from pg_locks where not granted and relation = 'nightjar.journal'::regclass",
      );
      return rows.length > 0;
    });
  }
}

/** Where pg_dump is not there, or older than the server, `dumpLocks` stands for it. */
async function dump(place: FaultPlace): Promise<boolean> {
  if (place.shop.warehouse.major !== 15 || !existsSync('/usr/bin/pg_dump')) return coded(place.night());
  const { host, port, database } = place.shop.warehouse.address;
  const { user, password } = place.shop.warehouse.superuser;
  const night = coded(place.night());
  const over = new AbortController();
  void night.finally(() => over.abort()).catch(() => undefined);
  while (!over.signal.aborted) {
    const dumping = spawn(
      '/usr/bin/pg_dump',
      ['-h', host, '-p', String(port), '-U', user, '-f', '/dev/null', database],
      {
        stdio: 'ignore',
        env: { ...process.env, PGPASSWORD: password },
      },
    );
    await once(dumping, 'close');
  }
  return night;
}

function dumpLocks(): string {
  return `begin isolation level repeatable read read only;
    do $$ declare t regclass; begin
      for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname ~ '^(nightjar|generation_)'
      loop execute format('lock table only %s in access share mode', t); end loop; end $$`;
}

/** As a consumer, or as the superuser. */
async function connect({ shop }: FaultPlace, consumer: string | undefined): Promise<pg.Client> {
  if (consumer !== undefined) return shop.warehouse.connectAs(consumer);
  const { host, port, database } = shop.warehouse.address;
  const client = new pg.Client({ host, port, database, ...shop.warehouse.superuser });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
