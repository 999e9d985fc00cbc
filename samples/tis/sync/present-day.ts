import type { SampleDatabase } from '../database/sample-database.ts';
import { sampleError } from '../database/sample-error.ts';

/** The day that a sample has come to, `YYYY-MM-DD`: the one whose nightly jobs ran last, by their locks. */
export async function presentDay(database: SampleDatabase): Promise<string> {
  const day = await lastNight(database);
  if (day === undefined) throw sampleError('The sample was not made to the end. Make it again.');
  return day;
}

/** The same; `undefined` where a sample has not been made to its end, whose last table tells. */
export async function lastNight(database: SampleDatabase): Promise<string | undefined> {
  const [row] = await database.query(
    `SELECT MAX("locked_at") AS locked FROM ${database.name('tcs', 'shedlock')}`,
  );
  return row?.['locked']?.slice(0, 10);
}
