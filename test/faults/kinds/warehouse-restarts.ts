import { setTimeout as sleep } from 'node:timers/promises';
import { setting } from '../../harness/warehouse.ts';
import type { NightOptions } from '../../harness/shop-nights.ts';
import { coded } from '../coded.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { startLineProxy } from '../injection/line-proxy.ts';
import { inLanes } from '../../harness/lanes.ts';
import { privateLanes, type PrivateLane } from '../private-lanes.ts';
import { crashPostgres } from '../server-crash.ts';
import { tryFault } from '../try-fault.ts';

/** What holds the server in the middle of a statement, and what ends that again. */
const moments = {
  'the index of a primary key': onCommand('ALTER TABLE', '%primary key%'),
  'an index': onCommand('CREATE INDEX', '%create index%'),
  'an attachment': onCommand('ALTER TABLE', '%attach partition%'),
  'the COMMIT of an announcement': atCommit('announcement'),
  'the COMMIT of a switch': atCommit('journal'),
  'a retirement': atCommit('retirement'),
} as const;

interface Moment {
  readonly hold: string;
  readonly free: string;
}

/** The server crashes and starts again in the middle of a COPY, of an index and of each COMMIT that counts. */
export const warehouseRestarts: FaultKind = {
  name: 'warehouse restarted in COPY, index, COMMIT',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await privateLanes(context);
    // Each on both majors.
    await Promise.all(
      lanes.all.map(async (lane) => {
        await inLanes([lane], ['a COPY', ...Object.keys(moments)], async ({ place, readers }, name) => {
          const moment = Object.entries(moments).find(([key]) => key === name)?.[1];
          const hurt = (): Promise<void> =>
            moment === undefined ? crashInCopy(lane) : crashAt(lane, moment);
          await tryFault(place, { fault: `a crash in ${name}`, readers, hurt }, count);
        });
      }),
    );
  },
};

async function crashAt({ place, warehouse }: PrivateLane, { hold, free }: Moment): Promise<void> {
  await asSuperuser(place, hold);
  const night = coded(place.night());
  await untilSeen(place, night, "wait_event = 'PgSleep'");
  await crashPostgres(warehouse);
  await night;
  await asSuperuser(place, free);
}

/** The source says nothing more in the middle of its rows, so that the COPY stands open. */
async function crashInCopy({ place, warehouse, source }: PrivateLane): Promise<void> {
  const { host, port } = source;
  let total = 0;
  {
    await using counting = await startLineProxy({ host, port }, 'cut', Number.POSITIVE_INFINITY);
    await place.night(over(place, counting.port));
    total = counting.bytes;
  }
  await using proxy = await startLineProxy({ host, port }, 'half open', Math.round(total * 0.8));
  const night = coded(place.night(over(place, proxy.port)));
  await proxy.happened;
  await untilSeen(place, night, "query ilike 'copy %' and state = 'active'");
  await crashPostgres(warehouse);
  await night;
}

function over({ shop }: FaultPlace, port: number): NightOptions {
  const connections = shop.environment.connections.map((one) => ({
    ...one,
    ...{ port: setting(port), snapshotLimit: 5 },
  }));
  return { environment: { connections } };
}

async function asSuperuser({ shop }: FaultPlace, sql: string): Promise<void> {
  await shop.warehouse.asSuperuser((client) => client.query(sql));
}

async function untilSeen({ shop }: FaultPlace, night: Promise<boolean>, condition: string): Promise<void> {
  const over = new AbortController();
  void night.finally(() => over.abort()).catch(() => undefined);
  for (;;) {
    const seen = await shop.warehouse.asSuperuser(async (client) => {
      const { rows } = await client.query(
        `select from pg_stat_activity where datname = current_database() and application_name like 'nightjar%' and ${condition}`,
      );
      return rows.length > 0;
    });
    if (seen) return;
    if (over.signal.aborted) throw new Error('the night ended before it came there');
    await sleep(5);
  }
}

function onCommand(tag: string, pattern: string): Moment {
  return {
    hold: `create or replace function public.hold() returns event_trigger language plpgsql as
             $f$ begin if current_query() ilike '${pattern}' then perform pg_sleep(30); end if; end $f$;
           create event trigger hold on ddl_command_end when tag in ('${tag}') execute function public.hold()`,
    free: 'drop event trigger hold',
  };
}

function atCommit(table: string): Moment {
  return {
    hold: `create or replace function public.hold_commit() returns trigger language plpgsql as
             $f$ begin perform pg_sleep(30); return null; end $f$;
           create constraint trigger hold after insert on nightjar.${table} deferrable initially deferred
             for each row execute function public.hold_commit()`,
    free: `drop trigger hold on nightjar.${table}`,
  };
}
