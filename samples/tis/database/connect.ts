import { isLoopback } from '../../../src/pipeline/encryption.ts';
import { connectFault } from './connect-fault.ts';
import { connectMysql } from './mysql.ts';
import { connectPostgres } from './postgres.ts';
import { sampleError } from './sample-error.ts';
import type { SampleDatabase } from './sample-database.ts';
import type { SampleTarget } from './target.ts';

/** A connection to where a sample lives, on this machine. Throws NJ-USE-SAMPLE where there is no way in. */
export async function connectSample(target: SampleTarget): Promise<SampleDatabase> {
  if (!isLoopback(target.host)) {
    throw sampleError(
      `A sample is made on this machine, and ${target.host} may be another: the connection would not be encrypted. Name 127.0.0.1 after --to, and let a tunnel (ssh -L) lead from there.`,
    );
  }
  try {
    return target.kind === 'mysql' ? await connectMysql(target) : await connectPostgres(target);
  } catch (error) {
    throw connectFault(error, target);
  }
}
