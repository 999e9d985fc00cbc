import type { Server } from '../server.ts';
import { openClient } from './open-client.ts';

/** What tells a backend of the server from any other, also after its number was given again. */
export interface Backend {
  readonly pid: string;
  readonly startedAt: string;
}

/** Milliseconds for the second connection to do it. */
const terminateLimit = 3_000;

/**
 * Ends another session of ours on its server, at once, and its locks and snapshot with it: cancelling its statement
 * would leave a backend that waits for us to read. Needs no privilege, since it is our own role's. Does nothing where
 * that cannot be had in time; the caller closes its end anyway.
 */
export async function terminateBackend(
  backend: Backend,
  to: { readonly name: string; readonly server: () => Server; readonly database: () => string },
): Promise<void> {
  try {
    const signal = AbortSignal.timeout(terminateLimit);
    const client = await openClient(to.name, to.server(), to.database(), signal);
    const close = (): void => {
      client.connection.stream.destroy();
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      await client.query(
        `SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
          WHERE pid = $1::int AND backend_start = $2::timestamptz`,
        [backend.pid, backend.startedAt],
      );
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  } catch {
    // The server cannot be reached, or the backend is gone already.
  }
}
