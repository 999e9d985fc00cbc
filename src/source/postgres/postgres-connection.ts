import type { Server } from '../server.ts';
import { SnapshotScope } from '../snapshot-scope.ts';
import type { LiveSchema, SnapshotRead, SnapshotRequest, SourceConnection } from '../source.ts';
import { describeTables } from './describe.ts';
import { readSnapshot } from './read-snapshot.ts';
import { PostgresSession } from './session.ts';

export interface PostgresConnectionOptions {
  /** The connection's name in the deployment file. */
  readonly name: string;
  /** Looked up at each connection, so that a password can be rotated. */
  readonly server: () => Server;
  readonly database: () => string;
}

/** Seconds. */
const describeLimit = 120;
const describeLockWait = 10;

/** A PostgreSQL database as a source. */
export function postgresConnection(options: PostgresConnectionOptions): SourceConnection {
  return {
    name: options.name,
    describe: async (schema: string, signal: AbortSignal): Promise<LiveSchema> => {
      using scope = new SnapshotScope(options.name, signal);
      scope.bound(describeLimit);
      await using session = await PostgresSession.open({
        ...options,
        lockWait: describeLockWait,
        signal: scope.signal,
      });
      return await describeTables(session, schema);
    },
    read: (request: SnapshotRequest): Promise<SnapshotRead> => readSnapshot(options, request),
  };
}
