import { SampleError } from './sample-error.ts';
import type { SampleDatabase } from './sample-database.ts';

/** Comment of every table of a sample: how one is told from the real thing. */
export const sampleComment = 'Nightjar sample: made-up data, no real person';

/**
 * Refuses to go on where a table exists that no sample made. What replaces, changes or hurts a sample asks this first:
 * pointed at a real TIS by mistake, it must do nothing.
 */
export async function refuseRealTables(database: SampleDatabase): Promise<void> {
  const foreign = (await database.tableComments()).filter((table) => table['comment'] !== sampleComment);
  const first = foreign[0];
  if (first === undefined) return;
  throw new SampleError(
    `${foreign.length} table(s) there were not made by the sample, ${first['database'] ?? ''}.${first['table'] ?? ''} among them. ` +
      'The sample only ever touches what it made itself: choose another prefix or database, or remove those tables yourself.',
  );
}

/** Refuses where no sample has been made yet, or where something else stands. */
export async function requireSample(database: SampleDatabase): Promise<void> {
  await refuseRealTables(database);
  if ((await database.tableComments()).length === 0) {
    throw new SampleError('There is no sample there yet. Make one first.');
  }
}
