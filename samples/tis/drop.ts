import { connectSample } from './database/connect.ts';
import { refuseRealTables } from './database/mark.ts';
import type { SampleTarget } from './database/target.ts';

/** Removes a sample with its databases (or schemas). Refuses where something stands that no sample made. */
export async function dropSample(target: SampleTarget): Promise<void> {
  await using database = await connectSample(target);
  await refuseRealTables(database);
  await database.dropDatabases();
}
