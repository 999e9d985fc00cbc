import { nightjarError } from '../../error/nightjar-error.ts';

const subject = 'the settings of the session';

/** What decides about the text of a value, about waiting, and about rows that are left out without a word. */
const ours: Readonly<Record<string, string>> = {
  search_path: '',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  client_min_messages: 'error',
  row_security: 'off',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  // Since 14 and 17; unknown ones are left out.
  idle_session_timeout: '0',
  transaction_timeout: '0',
};

/** As much of a session as its settings need. */
interface Queries {
  readonly name: string;
  query(
    text: string,
    subject: string,
    values?: readonly unknown[],
  ): Promise<readonly (readonly (string | null)[])[]>;
}

/** Makes the session's settings ours. Throws NJ-SOURCE-ENCODING where the database does not know what its bytes mean. */
export async function applySettings(session: Queries, lockWait: number): Promise<void> {
  const settings = { ...ours, lock_timeout: String(Math.max(1, Math.ceil(lockWait * 1_000))) };
  await session.query(
    `SELECT pg_catalog.set_config(name, value, false)
       FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS ours(name, value)
      WHERE pg_catalog.current_setting(name, true) IS NOT NULL`,
    subject,
    [Object.keys(settings), Object.values(settings)],
  );
  const [[encoding] = []] = await session.query(
    "SELECT pg_catalog.current_setting('server_encoding')",
    subject,
  );
  if (encoding === 'SQL_ASCII')
    throw nightjarError('NJ-SOURCE-ENCODING', { connection: session.name, encoding });
}
