import type { Server } from '../server.ts';
import { SnapshotScope } from '../snapshot-scope.ts';
import type { LiveSchema, SnapshotRead, SnapshotRequest, SourceConnection } from '../source.ts';
import { describeTables } from './describe.ts';
import { readSnapshot } from './read-snapshot.ts';
import { MysqlSession } from './session.ts';

export interface MysqlConnectionOptions {
  /** The connection's name in the deployment file. */
  readonly name: string;
  /** Looked up at each connection, so that a password can be rotated. */
  readonly server: () => Server;
}

/** Seconds. */
const describeLimit = 120;
const describeLimits = { lockWait: 10, patience: describeLimit };

/** A MySQL or MariaDB server as a source. */
export function mysqlConnection({ name, server }: MysqlConnectionOptions): SourceConnection {
  return {
    name,
    describe: async (schema: string, signal: AbortSignal): Promise<LiveSchema> => {
      using scope = new SnapshotScope(name, signal);
      scope.bound(describeLimit);
      await using session = await MysqlSession.open({
        name,
        server,
        ...describeLimits,
        signal: scope.signal,
      });
      return await describeTables(session, schema);
    },
    read: (request: SnapshotRequest): Promise<SnapshotRead> => readSnapshot(name, server, request),
  };
}
