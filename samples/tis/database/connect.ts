import { connectFault } from './connect-fault.ts';
import { connectMysql } from './mysql.ts';
import { connectPostgres } from './postgres.ts';
import type { SampleDatabase } from './sample-database.ts';
import type { SampleTarget } from './target.ts';

/** A connection to where a sample lives. Throws NJ-USE-SAMPLE where there is no way in. */
export async function connectSample(target: SampleTarget): Promise<SampleDatabase> {
  try {
    return target.kind === 'mysql' ? await connectMysql(target) : await connectPostgres(target);
  } catch (error) {
    throw connectFault(error, target);
  }
}
