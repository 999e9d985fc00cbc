import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import type { Session } from '../warehouse/session.ts';

/** Writes down when a consumer imports and what it does without fresh data, where that is not what is there. */
export async function writeReadingRule(
  session: Session,
  { name, rules }: ConsumerDeclaration,
  timeZone: string,
): Promise<void> {
  await session.query(
    'the reading rules of the consumers',
    `insert into nightjar.reading_rule as r
       (consumer, time_zone, window_from, window_to, import_bound, after_bound, when_stale, deadline, standby_lag)
     values ($1, $2, $3, $4, make_interval(mins => $5), $6, $7, $8, make_interval(secs => $9))
     on conflict (consumer) do update
       set (time_zone, window_from, window_to, import_bound, after_bound, when_stale, deadline, standby_lag)
         = (excluded.time_zone, excluded.window_from, excluded.window_to, excluded.import_bound, excluded.after_bound,
            excluded.when_stale, excluded.deadline, excluded.standby_lag)
       where r is distinct from excluded`,
    [
      name,
      timeZone,
      rules.importWindow?.from ?? null,
      rules.importWindow?.to ?? null,
      rules.importBound,
      rules.afterBound,
      rules.whenStale,
      rules.deadline ?? null,
      rules.standbyLag ?? null,
    ],
  );
}
