import type { Session } from '../warehouse/session.ts';

/** A generation that is published and that a consumer does not read yet. */
export interface WaitingSwitch {
  readonly generation: number;
  /** From when on it reads it; `null`: when its import is over, however long that takes. */
  readonly until: Date | null;
  readonly why: 'import' | 'window' | 'standby';
  /** Since when its import is open. */
  readonly importSince: Date | null;
}

/** What a consumer that connects now reads. */
export interface ConsumerState {
  readonly consumer: string;
  /** `null`: nothing yet. */
  readonly generation: number | null;
  readonly asOf: string | null;
  readonly publishedAt: Date | null;
  /** Sessions of its logins that are open now. */
  readonly sessions: number;
  /** Its open sessions that began before the latest switch and so still read an older generation. */
  readonly olderSessions: number;
  /** `null`: it is not due. */
  readonly waiting: WaitingSwitch | null;
  /** Its last word on what it took. */
  readonly receipt: { readonly generation: number; readonly at: Date } | null;
  /** Since when who connects is refused, because what is published counts as stale. */
  readonly staleSince: Date | null;
  /** Seconds that the standby it reads may lag behind. */
  readonly standbyLag: number | null;
}

interface Row {
  readonly consumer: string;
  readonly generation: number | null;
  readonly asOf: string | null;
  readonly publishedAt: Date | null;
  readonly sessions: number;
  readonly olderSessions: number;
  readonly staleSince: Date | null;
  readonly standbyLag: number | null;
  readonly waiting: number | null;
  readonly until: Date | null;
  readonly why: WaitingSwitch['why'] | null;
  readonly importSince: Date | null;
  readonly receipt: number | null;
  readonly receiptAt: Date | null;
}

/** Of a consumer that is no longer declared the last publication took the logins away: it reads nothing any more. */
export async function consumerStates(session: Session): Promise<readonly ConsumerState[]> {
  const rows = await session.query<Row & Record<string, unknown>>(
    'the look-up of what consumers read',
    `with open_session as (
       select l.consumer, k.pin, a.backend_start from pg_stat_activity a
         join nightjar.login l on l.login = a.usename join nightjar.consumer k on k.name = l.consumer
        where a.datname = current_database())
     select c.name as consumer, s.generation, g.as_of::text as "asOf", g.published_at as "publishedAt",
            (select count(*)::int from open_session o where o.consumer = c.name) as sessions,
            (select count(*)::int from open_session o
              where o.consumer = c.name and o.pin = 'session'
                and (nightjar.switch_at(c.name, o.backend_start)).journal is distinct from s.journal) as "olderSessions",
            nightjar.stale_since(s, clock_timestamp()) as "staleSince",
            extract(epoch from r.standby_lag)::float8 as "standbyLag",
            w.generation as waiting, nullif(w.until, 'infinity') as until, w.why, i.began_at as "importSince",
            t.generation as receipt, t.at as "receiptAt"
       from nightjar.consumer c
       left join nightjar.reading_rule r on r.consumer = c.name
       left join lateral nightjar.switch_at(c.name, clock_timestamp()) s on true
       left join nightjar.generation g on g.number = s.generation
       left join lateral (
         select * from nightjar.waiting_switches() w where w.consumer = c.name order by w.journal desc limit 1) w on true
       left join nightjar.import i on i.number = w.import
       left join lateral (
         select * from nightjar.receipt t where t.consumer = c.name order by t.number desc limit 1) t on true
      where exists (select from nightjar.login l where l.consumer = c.name)
      order by c.name`,
  );
  return rows.map(({ waiting, until, why, importSince, receipt, receiptAt, ...state }) => ({
    ...state,
    waiting: waiting === null || why === null ? null : { generation: waiting, until, why, importSince },
    receipt: receipt === null || receiptAt === null ? null : { generation: receipt, at: receiptAt },
  }));
}
