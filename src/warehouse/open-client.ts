import { Client, DatabaseError } from 'pg';
import { nightjarError } from '../error/nightjar-error.ts';
import { printAddress, type WarehouseAddress } from './address.ts';
import { networkReason } from './fault.ts';
import { textSettings } from './text-settings.ts';
import { valueTypes } from './value-types.ts';

const connectTimeout = 15_000;

/** Settings that decide what a text or a date means are ours, not the server's or the database's. */
const ourSettings = [
  '-c search_path=""',
  ...textSettings.map(([name, value]) => `-c ${name}=${value}`),
  '-c client_min_messages=warning',
  '-c idle_in_transaction_session_timeout=0',
  '-c idle_session_timeout=0',
  '-c statement_timeout=0',
  // Nobody's lock keeps a night for ever; what must not wait for so long sets a shorter limit.
  '-c lock_timeout=60s',
  '-c synchronous_commit=on',
  '-c default_transaction_isolation=read\\ committed',
  '-c default_transaction_read_only=off',
  // A session whose other end is gone, without a word, holds its locks for a minute and not for hours.
  '-c tcp_keepalives_idle=30',
  '-c tcp_keepalives_interval=10',
  '-c tcp_keepalives_count=3',
].join(' ');

/** A connected client in our own settings. Throws NJ-WAREHOUSE-UNREACHABLE, -REFUSED, -NO-DATABASE, -UNENCRYPTED, -MEMORY. */
export async function openClient(address: WarehouseAddress, purpose: string): Promise<Client> {
  const client = new Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: address.password,
    ssl: address.ssl,
    application_name: purpose,
    client_encoding: 'UTF8',
    options: ourSettings,
    keepAlive: true,
    // Node then asks every second, and gives up after ten.
    keepAliveInitialDelayMillis: 20_000,
    connectionTimeoutMillis: connectTimeout,
    types: valueTypes(),
  });
  // A connection that breaks between two statements says so by an event, which ends the process if nobody listens.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectFault(error, address);
  }
}

function connectFault(error: unknown, address: WarehouseAddress): Error {
  const printed = printAddress(address);
  if (error instanceof DatabaseError) {
    const sqlstate = error.code ?? '';
    if (sqlstate.startsWith('28'))
      return nightjarError('NJ-WAREHOUSE-REFUSED', { address: printed, user: address.user });
    if (sqlstate === '3D000') {
      return nightjarError('NJ-WAREHOUSE-NO-DATABASE', { address: printed, database: address.database });
    }
    if (sqlstate === '53200')
      return nightjarError('NJ-WAREHOUSE-MEMORY', { during: `the sign-in to ${printed}` });
    return nightjarError('NJ-WAREHOUSE-UNREACHABLE', { address: printed, reason: `SQLSTATE ${sqlstate}` });
  }
  if (address.ssl !== false && error instanceof Error && /SSL|certificate/i.test(error.message)) {
    return nightjarError('NJ-WAREHOUSE-UNENCRYPTED', { address: printed });
  }
  return nightjarError('NJ-WAREHOUSE-UNREACHABLE', { address: printed, reason: networkReason(error) });
}
