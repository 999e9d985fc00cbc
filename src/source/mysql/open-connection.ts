import { type Connection, createConnection } from 'mysql2';
import { NightjarError, nightjarError } from '../../error/nightjar-error.ts';
import { printAddress } from '../print-address.ts';
import type { Server } from '../server.ts';
import { connectSocket } from './driver-internals.ts';
import { codeOf } from './fault.ts';
import type { WholePackets } from './whole-packets.ts';

/** Milliseconds. */
const connectTimeout = 10_000;

const denied = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_HOST_IS_BLOCKED',
  'ER_MUST_CHANGE_PASSWORD',
  'ER_MUST_CHANGE_PASSWORD_LOGIN',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'AUTH_SWITCH_PLUGIN_ERROR',
]);

export interface OpenConnection {
  readonly connection: Connection;
  readonly packets: WholePackets;
}

/**
 * A connection that has signed in. Throws NJ-SOURCE-UNREACHABLE, NJ-SOURCE-DENIED, NJ-SOURCE-UNENCRYPTED, or what the
 * signal was aborted with.
 */
export async function openConnection(
  name: string,
  server: Server,
  signal: AbortSignal,
): Promise<OpenConnection> {
  signal.throwIfAborted();
  const { socket, packets } = connectSocket(server.host, server.port);
  const connection = createConnection({
    stream: socket,
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    jsonStrings: true,
    disableEval: true,
    connectAttributes: { program_name: 'nightjar' },
    ...(server.tls === undefined ? {} : { ssl: tlsOptions(server.tls.ca) }),
  });
  // An error without a listener would end the process; whoever uses the connection adds a listener of its own.
  connection.on('error', () => undefined);
  const { promise: connected, resolve, reject } = Promise.withResolvers<undefined>();
  const stop = (): void => {
    reject(new Error('aborted'));
    connection.destroy();
    socket.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  connection.connect((error) => {
    if (error === null) resolve(undefined);
    else reject(error);
  });
  try {
    await connected;
    return { connection, packets };
  } catch (error) {
    stop();
    signal.throwIfAborted();
    throw connectFault(error, name, server);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function tlsOptions(ca: string | undefined): { ca?: string; rejectUnauthorized: true; verifyIdentity: true } {
  return { ...(ca === undefined ? {} : { ca }), rejectUnauthorized: true, verifyIdentity: true };
}

function connectFault(error: unknown, connection: string, server: Server): Error {
  if (error instanceof NightjarError) return error;
  const address = printAddress(server);
  const code = codeOf(error);
  if (denied.has(code)) return nightjarError('NJ-SOURCE-DENIED', { connection, user: server.user, address });
  if (
    code === 'HANDSHAKE_NO_SSL_SUPPORT' ||
    (server.tls !== undefined && /CERT|SSL|TLS|SIGNED|UNABLE_TO/.test(code))
  ) {
    return nightjarError('NJ-SOURCE-UNENCRYPTED', { connection, address });
  }
  return nightjarError('NJ-SOURCE-UNREACHABLE', { connection, address, reason: code });
}
