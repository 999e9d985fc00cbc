import { nightjarError } from '../../error/nightjar-error.ts';
import type { Subject } from './fault.ts';

/** As much of a session as its settings need. */
interface Queries {
  readonly name: string;
  query(sql: string, subject: Subject): Promise<readonly (readonly (string | null)[])[]>;
}

/** A lock wait or a time-out of the server is at least a second and less than a month. */
const bounded = (seconds: number): string => String(Math.min(Math.max(1, Math.ceil(seconds)), 2_000_000));

const subject: Subject = { printed: 'the settings of the session', raw: '' };

/**
 * Makes the session's settings ours, whatever the server's defaults or its init_connect say, and reads back those that
 * a wrong reading would come from: a snapshot needs REPEATABLE READ (under READ COMMITTED there is none, without a
 * warning), and sql_select_limit would cut a result short without a word.
 */
export async function applySettings(
  session: Queries,
  limits: { readonly lockWait: number; readonly patience: number },
): Promise<void> {
  const patience = bounded(limits.patience);
  const settings: Readonly<Record<string, string>> = {
    sql_mode: "''",
    time_zone: "'+00:00'",
    sql_select_limit: 'default',
    sql_big_selects: '1',
    autocommit: '1',
    lock_wait_timeout: bounded(limits.lockWait),
    innodb_lock_wait_timeout: bounded(limits.lockWait),
    net_write_timeout: patience,
    net_read_timeout: patience,
    wait_timeout: patience,
  };
  const list = Object.entries(settings).map(([name, value]) => `@@session.${name} = ${value}`);
  await session.query(`SET NAMES utf8mb4, ${list.join(', ')}`, subject);
  await session.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ', subject);
  await liftLimits(session);
  await readBack(session);
}

/**
 * MariaDB's max_statement_time is MySQL's max_execution_time; neither knows the other's. MariaDB alone ends transactions that
 * stand idle, as ours does while another connection of ours reads.
 */
const lifted = [
  'max_statement_time',
  'max_execution_time',
  'idle_transaction_timeout',
  'idle_readonly_transaction_timeout',
];

async function liftLimits(session: Queries): Promise<void> {
  const names = lifted.map((name) => `'${name}'`).join(', ');
  const found = await session.query(`SHOW SESSION VARIABLES WHERE Variable_name IN (${names})`, subject);
  for (const name of lifted.filter((one) => found.some(([known]) => known === one)))
    await session.query(`SET SESSION ${name} = 0`, subject);
}

const expected: Readonly<Record<string, string>> = {
  // Its name until MariaDB 11 and MySQL 5.7, and since.
  tx_isolation: 'REPEATABLE-READ',
  transaction_isolation: 'REPEATABLE-READ',
  time_zone: '+00:00',
  character_set_results: 'utf8mb4',
  sql_mode: '',
  sql_select_limit: '18446744073709551615',
};

async function readBack(session: Queries): Promise<void> {
  const names = Object.keys(expected).map((name) => `'${name}'`);
  const found = await session.query(
    `SHOW SESSION VARIABLES WHERE Variable_name IN (${names.join(', ')})`,
    subject,
  );
  const isolation = found.filter(([name]) => name === 'tx_isolation' || name === 'transaction_isolation');
  const wrong = found.find(([name, value]) => expected[name ?? ''] !== value);
  if (wrong === undefined && isolation.length > 0) return;
  const [name, value] = wrong ?? ['transaction_isolation', 'nothing'];
  throw nightjarError('NJ-SOURCE-SNAPSHOT-REFUSED', {
    connection: session.name,
    expected: `${String(name)} = '${expected[name ?? ''] ?? ''}'`,
    found: `'${String(value)}'`,
  });
}
