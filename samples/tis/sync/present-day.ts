import type { SampleDatabase } from '../database/sample-database.ts';
import { SampleError } from '../database/sample-error.ts';

/** The day that a sample has come to, `YYYY-MM-DD`: the one whose nightly jobs ran last, by their locks. */
export async function presentDay(database: SampleDatabase): Promise<string> {
  const [row] = await database.query(
    `SELECT MAX("locked_at") AS locked FROM ${database.name('tcs', 'shedlock')}`,
  );
  const locked = row?.['locked'];
  if (typeof locked !== 'string') throw new SampleError('The sample was not made to the end. Make it again.');
  return locked.slice(0, 10);
}
