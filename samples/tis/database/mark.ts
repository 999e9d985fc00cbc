import { amount } from '../../../src/error/amount.ts';
import { sampleError } from './sample-error.ts';
import type { SampleDatabase } from './sample-database.ts';

/** Comment of every table of a sample: how one is told from the real thing. */
export const sampleComment = 'Nightjar sample: made-up data, no real person';

/**
 * Refuses to go on where a table exists that no sample made. What replaces, changes or hurts a sample asks this first:
 * pointed at a real TIS by mistake, it must do nothing.
 */
export async function refuseRealTables(database: SampleDatabase): Promise<void> {
  const own = await database.tableComments();
  const foreign = [
    ...own.filter((table) => table['comment'] !== sampleComment),
    // A database that serves something else, such as a warehouse, is no place for a sample.
    ...(await database.otherTables()),
  ];
  const first = foreign[0];
  if (first === undefined) return;
  throw sampleError(
    `${amount(foreign.length, 'table')} there ${foreign.length === 1 ? 'was' : 'were'} not made by the sample (${first['database'] ?? ''}.${first['table'] ?? ''}). ` +
      'It only ever touches what it made itself: choose another prefix or database.',
  );
}

/** Refuses where no sample has been made yet, or where something else stands. */
export async function requireSample(database: SampleDatabase): Promise<void> {
  await refuseRealTables(database);
  if ((await database.tableComments()).length === 0) {
    throw sampleError('There is no sample there yet. Make one first.');
  }
}
