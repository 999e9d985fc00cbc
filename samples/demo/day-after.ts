import { Temporal } from 'temporal-polyfill';

/** The day that lies so many days after (before, if negative) another, `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
