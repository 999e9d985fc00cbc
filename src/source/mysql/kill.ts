import type { Connection } from 'mysql2';
import type { Server } from '../server.ts';
import { openConnection } from './open-connection.ts';
import { selectServerIdentity } from './server-identity.ts';

/** Milliseconds for the second connection to do it. */
const killLimit = 3_000;

export interface Target {
  /** The source connection's name. */
  readonly name: string;
  readonly server: () => Server;
  /** The server that the thread is on. */
  readonly identity: string;
  readonly threadId: number;
}

/**
 * Ends another connection of ours on its server, at once: closing our end alone leaves the server at work until it next
 * tries to send, and its locks in place. Needs no privilege. Does nothing where that cannot be had in time, or where the
 * name leads to another server now; the caller closes its end anyway.
 */
export async function killConnection(target: Target): Promise<void> {
  let second: Connection | undefined;
  try {
    second = (await openConnection(target.name, target.server(), AbortSignal.timeout(killLimit))).connection;
    const identity = await firstCell(second, selectServerIdentity);
    if (identity === target.identity) await firstCell(second, `KILL ${String(target.threadId)}`);
  } catch {
    // The server cannot be reached, or the thread is gone already.
  } finally {
    second?.destroy();
  }
}

function firstCell(connection: Connection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(
      { sql, timeout: killLimit, rowsAsArray: true, typeCast: (field) => field.string('utf8') },
      (error, rows: unknown) => {
        const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
        if (error === null) resolve(Array.isArray(row) ? row[0] : undefined);
        else reject(error);
      },
    );
  });
}
