/** Functions whose answer changes with the hour. */
const clocks = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'clock_timestamp',
  'timeofday',
]);

/** Functions that read a date, or a row that may hold one, from a text as a cast does. */
const textReaders =
  /^((date|time|timetz|timestamp|timestamptz|array|record|domain|range|multirange)_(in|recv)|jsonb?_populate_record(set|_valid)?)$/;

/** Functions whose answer changes with every call. */
const random = new Set([
  'random',
  'random_normal',
  'setseed',
  'gen_random_uuid',
  'gen_random_bytes',
  'uuid_generate_v1',
  'uuid_generate_v1mc',
  'uuid_generate_v4',
  'uuidv4',
  'uuidv7',
  'array_sample',
  'array_shuffle',
]);

/** Functions that look at the server or the session, or change it, and do not begin with `pg_`. */
const server = new Set([
  'nextval',
  'currval',
  'lastval',
  'setval',
  'current_setting',
  'set_config',
  'current_database',
  'current_query',
  'current_schema',
  'current_schemas',
  'current_user',
  'session_user',
  'inet_client_addr',
  'inet_client_port',
  'inet_server_addr',
  'inet_server_port',
  'version',
  'txid_current',
  'txid_current_if_assigned',
  'txid_current_snapshot',
  'txid_status',
  'txid_snapshot_xmin',
  'txid_snapshot_xmax',
  'lo_import',
  'lo_export',
  'lo_create',
  'lo_creat',
  'lo_unlink',
  'lo_put',
  'lo_get',
  'lo_from_bytea',
  'lowrite',
  'loread',
  'dblink',
  'dblink_exec',
  'dblink_connect',
  'query_to_xml',
  'table_to_xml',
  'cursor_to_xml',
  'schema_to_xml',
  'database_to_xml',
  'query_to_xml_and_xmlschema',
  'obj_description',
  'col_description',
  'shobj_description',
  'has_table_privilege',
  'has_column_privilege',
  'has_schema_privilege',
  'has_database_privilege',
  'to_regclass',
  'to_regrole',
  'to_regtype',
  'to_regproc',
]);

/** The six of Nightjar's functions that are for datasets. */
const forDatasets = new Set(['as_of', 'exact', 'fold_case', 'fold_mysql', 'strict_bigint', 'strict_date']);

/** The others of its control schema, which is on the path of a build: they keep the warehouse's own records. */
const ofNightjar = new Set([
  'announce',
  'announce_due',
  'approve',
  'changed_since',
  'check_base',
  'compared_since',
  'confirm_import',
  'consumer_asking',
  'consumer_looking',
  'current_generation',
  'discard',
  'discard_held',
  'generations_in_use',
  'has_replayed',
  'hold_fence',
  'journal_only_judged',
  'journal_only_published',
  'kept_for',
  'open_import',
  'reading',
  'reject',
  'release_fence',
  'retire',
  'settle',
  'stale_since',
  'switch_at',
  'switch_due',
  'switch_is_in_time',
  'switch_to',
  'take_fence',
  'waiting_for_me',
  'waiting_switches',
  'waits',
  'window_end',
  'withdraw',
  'write_receipt',
]);

export type Refusal = 'clock' | 'text-date' | 'random' | 'server';

/**
 * Why a dataset may not call a function; `undefined` where it may.
 *
 * @param schema as written before it; empty where none is.
 */
export function refusalOf(schema: string, name: string, argumentCount: number): Refusal | undefined {
  if (schema === 'nightjar' ? !forDatasets.has(name) : ofNightjar.has(name)) return 'server';
  if (clocks.has(name) || (name === 'age' && argumentCount === 1)) return 'clock';
  if (textReaders.test(name)) return 'text-date';
  if (random.has(name)) return 'random';
  if (server.has(name) || (name.startsWith('pg_') && name !== 'pg_typeof')) return 'server';
  return undefined;
}

/** A string that PostgreSQL reads as an instant of today when it becomes a date. `epoch` and `infinity` stay the same. */
export function readsClock(literal: string): boolean {
  return /(?<![a-z])(now|today|tomorrow|yesterday)(?![a-z])/i.test(literal);
}
