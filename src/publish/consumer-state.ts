import type { Session } from '../warehouse/session.ts';

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
}

export async function consumerStates(session: Session): Promise<readonly ConsumerState[]> {
  return session.query<{
    consumer: string;
    generation: number | null;
    asOf: string | null;
    publishedAt: Date | null;
    sessions: number;
    olderSessions: number;
  }>(
    'the look-up of what consumers read',
    `with open_session as (
       select l.consumer, k.pin, a.backend_start from pg_stat_activity a
         join nightjar.login l on l.login = a.usename join nightjar.consumer k on k.name = l.consumer
        where a.datname = current_database())
     select c.name as consumer, s.generation, g.as_of::text as "asOf", g.published_at as "publishedAt",
            (select count(*)::int from open_session o where o.consumer = c.name) as sessions,
            (select count(*)::int from open_session o
              where o.consumer = c.name and o.pin = 'session' and o.backend_start < s.effective_from) as "olderSessions"
       from nightjar.consumer c
       left join lateral (
         select * from nightjar.switch s where s.consumer = c.name and s.effective_from <= clock_timestamp()
          order by s.effective_from desc limit 1) s on true
       left join nightjar.generation g on g.number = s.generation
      order by c.name`,
  );
}
