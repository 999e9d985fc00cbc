import { NightjarError, nightjarError } from '../../error/nightjar-error.ts';
import { SnapshotBroken } from '../snapshot-broken.ts';

/** What a statement is about, for the error it may end with. */
export interface Subject {
  /** For messages: `tcs.Person`, or words such as `the settings of the session`. */
  readonly printed: string;
  /** The raw table; empty where it is none. */
  readonly raw: string;
}

const tableChanged = 1412;
const lockWaitTimeout = 1205;

/** The server or the network took the connection away; the same may pass in a moment. */
const lost = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'PROTOCOL_ERROR',
  'PROTOCOL_UNEXPECTED_PACKET',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_QUERY_INTERRUPTED',
  'ER_NET_READ_ERROR',
  'ER_NET_READ_INTERRUPTED',
  'ER_NET_ERROR_ON_WRITE',
  'ER_NET_WRITE_INTERRUPTED',
  'ER_CLIENT_INTERACTION_TIMEOUT',
]);

/** The driver's code (`ER_…`, `ECONNRESET`) of an error; it never holds a value, as the message may. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'no code';
}

/** MySQL's number of an error. */
export function numberOf(error: unknown): number | undefined {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number'
    ? error.errno
    : undefined;
}

/** What a failed statement means. The driver's message may quote values and statements, and is dropped. */
export function mysqlFault(
  error: unknown,
  subject: Subject,
  session: { readonly connection: string; readonly lockWait: number },
): NightjarError | SnapshotBroken {
  if (error instanceof NightjarError || error instanceof SnapshotBroken) return error;
  const { connection, lockWait } = session;
  const table = subject.printed;
  const code = codeOf(error);
  if (numberOf(error) === tableChanged) return new SnapshotBroken(subject.raw === '' ? table : subject.raw);
  if (numberOf(error) === lockWaitTimeout) {
    return nightjarError('NJ-SOURCE-LOCKED', { connection, table, seconds: lockWait });
  }
  if (lost.has(code) || (error instanceof Error && 'fatal' in error && error.fatal === true)) {
    return nightjarError('NJ-SOURCE-LOST', { connection, table, reason: code });
  }
  return nightjarError('NJ-SOURCE-QUERY', { connection, table, code });
}
