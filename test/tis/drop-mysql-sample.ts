import { connectSample } from '../../samples/tis/database/connect.ts';
import type { MysqlTarget } from '../../samples/tis/database/target.ts';

/** Takes a sample's databases from a server that other tests use. */
export async function dropMysqlSample(target: MysqlTarget): Promise<void> {
  await using database = await connectSample(target);
  await database.dropDatabases();
}
