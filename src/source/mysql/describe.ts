import type { LiveColumn, LiveSchema, LiveTable } from '../source.ts';
import { isGranted, ourGrants, type OurGrants } from './grants.ts';
import { qualifiedName, quoteName } from './identifier.ts';
import { liveType } from './live-type.ts';
import type { MysqlSession, Row } from './session.ts';

/**
 * The tables and views of a schema, or the one of that name, as far as the server shows them: it hides those for which
 * our user has no right at all. Asking information_schema takes no lock that outlives the question.
 */
export async function describeTables(
  session: MysqlSession,
  schema: string,
  table?: string,
): Promise<LiveSchema> {
  const subject = { printed: `the catalogue of ${schema}`, raw: '' };
  const one = table === undefined ? '' : ' AND TABLE_NAME = ?';
  const values = table === undefined ? [schema] : [schema, table];
  const tables = await session.query(
    `SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS, DATA_LENGTH
       FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?${one} ORDER BY TABLE_NAME`,
    subject,
    values,
  );
  const columns = await session.query(
    `SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION,
            NUMERIC_SCALE, DATETIME_PRECISION, PRIVILEGES
       FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?${one} ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    subject,
    values,
  );
  const keys = await session.query(
    `SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME, NULLABLE
       FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ?${one} AND NON_UNIQUE = 0
       ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
    subject,
    values,
  );
  const columnsOf = byTable(columns);
  const keysOf = byTable(keys);
  const grants = await ourGrants(session);
  const shown = await session.query('SELECT SCHEMA_NAME FROM information_schema.SCHEMATA', subject);
  const all = shown.map(([name]) => name ?? '');
  return {
    schema,
    tables: tables
      .map((row) => toTable(row, columnsOf.get(tableKey(row)) ?? [], keysOf.get(tableKey(row)) ?? [], grants))
      .filter(
        (live) =>
          // Of a view over what is gone the server lists no column.
          (live.columns.length > 0 || live.kind === 'view') &&
          live.schema === schema &&
          (table === undefined || live.table === table),
      ),
    showsAll: isGranted(grants, schema),
    absent: all.includes(schema) ? undefined : { others: all, grant: grantOfSchema(schema, grants) },
    grant: (name, wanted) => {
      const list = wanted.length === 0 ? '' : ` (${wanted.map(quoteName).join(', ')})`;
      return `GRANT SELECT${list} ON ${qualifiedName(schema, name)} TO ${grants.user};`;
    },
  };
}

/** Nothing where our user may read all, and so is shown all. In a name of a schema `_` and `%` stand for others there. */
function grantOfSchema(schema: string, grants: OurGrants): string | undefined {
  if (isGranted(grants, schema)) return undefined;
  return `GRANT SELECT ON ${quoteName(schema.replaceAll(/[_%]/g, String.raw`\$&`))}.* TO ${grants.user};`;
}

function tableKey([schema, table]: Row): string {
  return JSON.stringify([schema, table]);
}

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, tableKey);
}

function toTable(row: Row, columns: readonly Row[], keys: readonly Row[], grants: OurGrants): LiveTable {
  const [schema, table, type, engine, estimatedRows, bytes] = row;
  const isView = type !== 'BASE TABLE' && type !== 'SYSTEM VERSIONED';
  return {
    schema: schema ?? '',
    table: table ?? '',
    kind: isView ? 'view' : 'table',
    engine: isView ? undefined : (engine ?? 'none'),
    isForeign: false,
    unhide: undefined,
    columns: columns.map(toColumn),
    showsAll: isGranted(grants, schema ?? '', table ?? ''),
    key: keys.filter(([, , index]) => index === 'PRIMARY').map(([, , , column]) => column ?? ''),
    uniqueKeys: [...Map.groupBy(keys, ([, , index]) => index).values()]
      // An expression has no column, and a part that may be null may be so in many rows.
      .filter((parts) => parts.every(([, , , column, nullable]) => column !== null && nullable !== 'YES'))
      .map((parts) => parts.map(([, , , column]) => column ?? '')),
    estimatedRows: Number(estimatedRows ?? 0),
    estimatedBytes: Number(bytes ?? 0),
  };
}

function toColumn([, , name, type, printed, length, precision, scale, fraction, rights]: Row): LiveColumn {
  return {
    name: name ?? '',
    printed: printed ?? '',
    readable: (rights ?? '').split(',').includes('select'),
    ...liveType({
      name: type ?? '',
      printed: printed ?? '',
      length: toNumber(length),
      precision: toNumber(precision),
      scale: toNumber(scale),
      fraction: toNumber(fraction),
    }),
  };
}

function toNumber(cell: string | null | undefined): number | undefined {
  return cell === null || cell === undefined ? undefined : Number(cell);
}
