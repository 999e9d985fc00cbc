import { connectMysql } from './mysql.ts';
import { connectPostgres } from './postgres.ts';
import type { SampleDatabase } from './sample-database.ts';
import type { SampleTarget } from './target.ts';

export async function connectSample(target: SampleTarget): Promise<SampleDatabase> {
  return target.kind === 'mysql' ? connectMysql(target) : connectPostgres(target);
}
