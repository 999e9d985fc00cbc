import { Temporal } from 'temporal-polyfill';

/** The date that a run begun now belongs to: today in the environment's time zone, `YYYY-MM-DD`. */
export function tonight(timeZone: string, now: Temporal.Instant = Temporal.Now.instant()): string {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The date on which something happened, in a time zone. */
export function dateOf(at: Date, timeZone: string): string {
  return tonight(timeZone, Temporal.Instant.fromEpochMilliseconds(at.getTime()));
}
