import type { LiveColumn, LiveSchema, LiveTable } from '../source.ts';
import { qualified, quoteIdentifier } from './identifier.ts';
import { liveType } from './live-type.ts';
import type { PostgresSession, Row } from './session.ts';

/** Relations that can be read as a table; a domain's type is that of what is behind it. */
const selectColumns = `
WITH RECURSIVE relation AS (
  SELECT c.oid, c.relname, c.relkind, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS reachable,
         greatest(c.reltuples, 0) + coalesce(part.tuples, 0) AS tuples, c.relpages + coalesce(part.pages, 0) AS pages
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL (
      SELECT sum(greatest(p.reltuples, 0)) AS tuples, sum(p.relpages) AS pages
        FROM pg_catalog.pg_partition_tree(c.oid) leaf JOIN pg_catalog.pg_class p ON p.oid = leaf.relid
       WHERE c.relkind = 'p' AND leaf.isleaf
    ) part ON true
   WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), behind AS (
  SELECT a.attrelid, a.attnum, a.atttypid AS typid, a.atttypmod AS typmod
    FROM pg_catalog.pg_attribute a JOIN relation ON relation.oid = a.attrelid
   WHERE a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT b.attrelid, b.attnum, t.typbasetype, CASE WHEN t.typtypmod = -1 THEN b.typmod ELSE t.typtypmod END
    FROM behind b JOIN pg_catalog.pg_type t ON t.oid = b.typid
   WHERE t.typtype = 'd'
)
SELECT r.relname, r.relkind, r.tuples, r.pages::bigint * pg_catalog.current_setting('block_size')::bigint,
       a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), b.typid, b.typmod,
       pg_catalog.array_position(k.indkey::smallint[], a.attnum),
       r.reachable AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
  FROM relation r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
  JOIN behind b ON b.attrelid = r.oid AND b.attnum = a.attnum
  JOIN pg_catalog.pg_type t ON t.oid = b.typid AND t.typtype <> 'd'
  LEFT JOIN pg_catalog.pg_index k ON k.indrelid = r.oid AND k.indisprimary
 ORDER BY r.relname, a.attnum`;

const selectOurselves = `
SELECT pg_catalog.quote_ident(current_user),
       coalesce((SELECT pg_catalog.has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = $1), false)`;

/** The tables and views of a schema, also those that our user may not read: the catalogue hides nothing. */
export async function describeTables(session: PostgresSession, schema: string): Promise<LiveSchema> {
  const subject = `the catalogue of ${schema}`;
  const [[user, reachable] = []] = await session.query(selectOurselves, subject, [schema]);
  const rows = await session.query(selectColumns, subject, [schema]);
  return {
    schema,
    tables: [...Map.groupBy(rows, (row) => row[0] ?? '')].map(([table, columns]) =>
      toTable(schema, table, columns),
    ),
    showsAll: true,
    grant: (table, columns) => {
      const list = columns.length === 0 ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`;
      const to = `TO ${String(user)};`;
      const way = reachable === 't' ? '' : `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} ${to} `;
      return `${way}GRANT SELECT${list} ON ${qualified(schema, table)} ${to}`;
    },
  };
}

function toTable(schema: string, table: string, columns: readonly Row[]): LiveTable {
  const [, kind, tuples, bytes] = columns[0] ?? [];
  return {
    schema,
    table,
    kind: kind === 'v' || kind === 'm' ? 'view' : 'table',
    // What lies on another server is not in our snapshot.
    engine: kind === 'f' ? 'foreign table' : undefined,
    columns: columns.map(toColumn),
    showsAll: true,
    key: columns
      .filter((row) => row[8] !== null)
      .sort((one, other) => Number(one[8]) - Number(other[8]))
      .map((row) => row[4] ?? ''),
    estimatedRows: Number(tuples ?? 0),
    estimatedBytes: Number(bytes ?? 0),
  };
}

function toColumn(row: Row): LiveColumn {
  return {
    name: row[4] ?? '',
    printed: row[5] ?? '',
    type: liveType(Number(row[6]), Number(row[7])),
    alternatives: [],
    readable: row[9] === 't',
  };
}
