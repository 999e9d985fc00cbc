import { Client, DatabaseError } from 'pg';
import { nightjarError } from '../../error/nightjar-error.ts';
import { printAddress } from '../print-address.ts';
import type { Server } from '../server.ts';
import { networkReason } from './fault.ts';
import { quoteIdentifier } from './identifier.ts';

/** Milliseconds. */
const connectTimeout = 10_000;

/**
 * A connected client. Throws NJ-SOURCE-UNREACHABLE, NJ-SOURCE-DENIED, NJ-SOURCE-NO-DATABASE, NJ-SOURCE-DATABASE-DENIED,
 * NJ-SOURCE-UNENCRYPTED, or the signal's reason.
 */
export async function openClient(
  connection: string,
  server: Server,
  database: string,
  signal: AbortSignal,
): Promise<Client> {
  signal.throwIfAborted();
  const client = new Client({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database,
    ssl:
      server.tls === undefined
        ? false
        : { rejectUnauthorized: true, ...(server.tls.ca === undefined ? {} : { ca: server.tls.ca }) },
    application_name: 'nightjar',
    client_encoding: 'UTF8',
    keepAlive: true,
    keepAliveInitialDelayMillis: 20_000,
    connectionTimeoutMillis: connectTimeout,
  });
  // An error without a listener would end the process; whoever uses the client adds a listener of its own.
  client.on('error', () => undefined);
  // Not end(): that would first wait for the server's side of the handshake.
  const stop = (): void => {
    client.connection.stream.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    signal.throwIfAborted();
    return client;
  } catch (error) {
    stop();
    signal.throwIfAborted();
    throw connectFault(error, connection, server, database);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function connectFault(error: unknown, connection: string, server: Server, database: string): Error {
  const address = printAddress(server);
  if (error instanceof DatabaseError) {
    const sqlstate = error.code ?? 'unknown';
    const { user } = server;
    if (sqlstate.startsWith('28')) return nightjarError('NJ-SOURCE-DENIED', { connection, user, address });
    if (sqlstate === '3D000')
      return nightjarError('NJ-SOURCE-NO-DATABASE', { connection, address, database });
    if (sqlstate === '42501') {
      const grant = `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`;
      return nightjarError('NJ-SOURCE-DATABASE-DENIED', { connection, address, database, user, grant });
    }
    return nightjarError('NJ-SOURCE-UNREACHABLE', { connection, address, reason: `SQLSTATE ${sqlstate}` });
  }
  if (server.tls !== undefined && error instanceof Error && isAboutTls(error)) {
    return nightjarError('NJ-SOURCE-UNENCRYPTED', { connection, address });
  }
  return nightjarError('NJ-SOURCE-UNREACHABLE', { connection, address, reason: networkReason(error) });
}

function isAboutTls(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /SSL|certificate/i.test(error.message) || /CERT|SSL|TLS|SIGNED|UNABLE_TO/.test(code);
}
