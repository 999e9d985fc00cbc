import type { LiveColumn, LiveSchema, LiveTable } from '../source.ts';
import { qualified, quoteIdentifier } from './identifier.ts';
import { liveType } from './live-type.ts';
import type { PostgresSession, Row } from './session.ts';

/**
 * Relations that can be read as a table; a domain's type is that of what is behind it. The rows of a table that was never
 * analysed are estimated from its size, as the planner does: by the widths of its columns, and 32 bytes for one without.
 * Asking for a size waits for a lock on the table, so that it is not asked for where someone has one, or is about to.
 */
const selectColumns = `
WITH RECURSIVE storage AS (
  SELECT c.oid AS root, s.oid, s.reltuples, s.relpages, pg_catalog.current_setting('block_size')::bigint AS block,
         s.relkind IN ('r', 'm') AND (s.reltuples < 0 OR s.relpages = 0)
           AND s.oid NOT IN (SELECT l.relation FROM pg_catalog.pg_locks l
                              WHERE l.relation IS NOT NULL AND l.mode = 'AccessExclusiveLock') AS unknown
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL (
      SELECT c.oid WHERE c.relkind <> 'p'
      UNION ALL
      SELECT leaf.relid FROM pg_catalog.pg_partition_tree(c.oid) leaf WHERE c.relkind = 'p' AND leaf.isleaf
    ) part(oid)
    JOIN pg_catalog.pg_class s ON s.oid = part.oid
   WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), measured AS (
  SELECT root, oid, reltuples, unknown, block,
         CASE WHEN unknown THEN coalesce(pg_catalog.pg_relation_size(oid), 0) / block ELSE relpages END AS pages
    FROM storage
), estimate AS (
  SELECT m.root, sum(m.pages * m.block) AS bytes,
         sum(CASE WHEN m.unknown THEN round(m.pages * (m.block - 24)::numeric / w.width)::float8 ELSE greatest(m.reltuples, 0) END)
           AS tuples
    FROM measured m
   CROSS JOIN LATERAL (
      SELECT 28 + coalesce(sum(CASE WHEN a.attlen > 0 THEN a.attlen ELSE 32 END), 0) AS width
        FROM pg_catalog.pg_attribute a WHERE a.attrelid = m.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) w
   GROUP BY m.root
), relation AS (
  SELECT c.oid, c.relname, c.relkind, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS reachable, e.tuples, e.bytes
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN estimate e ON e.root = c.oid
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
SELECT r.relname, r.relkind, r.tuples, r.bytes,
       a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), b.typid, b.typmod,
       pg_catalog.array_position(k.indkey::smallint[], a.attnum),
       r.reachable AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT'),
       pg_catalog.row_security_active(r.oid)
  FROM relation r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
  JOIN behind b ON b.attrelid = r.oid AND b.attnum = a.attnum
  JOIN pg_catalog.pg_type t ON t.oid = b.typid AND t.typtype <> 'd'
  LEFT JOIN pg_catalog.pg_index k ON k.indrelid = r.oid AND k.indisprimary
 ORDER BY r.relname, a.attnum`;

/** Keys and indexes of whole columns, none of them null; not of a table that others inherit from, whose rows they do not see. */
const selectUniqueKeys = `
SELECT c.relname, i.indexrelid, a.attname
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY AS part(attnum, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.attnum
 WHERE n.nspname = $1 AND part.place <= i.indnkeyatts
   AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
   AND (c.relkind <> 'r' OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = c.oid))
   AND NOT EXISTS (
      SELECT FROM pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY AS every(attnum, place)
        JOIN pg_catalog.pg_attribute b ON b.attrelid = c.oid AND b.attnum = every.attnum
       WHERE every.place <= i.indnkeyatts
         AND (NOT b.attnotnull OR EXISTS (
            SELECT FROM pg_catalog.pg_constraint k
             WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated AND b.attnum = ANY (k.conkey))))`;

const selectOurselves = `
SELECT pg_catalog.quote_ident(current_user),
       coalesce((SELECT pg_catalog.has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = $1), false)`;

/** The tables and views of a schema, also those that our user may not read: the catalogue hides nothing. */
export async function describeTables(session: PostgresSession, schema: string): Promise<LiveSchema> {
  const subject = `the catalogue of ${schema}`;
  const [[user, reachable] = []] = await session.query(selectOurselves, subject, [schema]);
  const rows = await session.query(selectColumns, subject, [schema]);
  const all = (await session.query('SELECT nspname FROM pg_catalog.pg_namespace', subject)).map(
    ([name]) => name ?? '',
  );
  const uniqueKeys = Map.groupBy(
    await session.query(selectUniqueKeys, subject, [schema]),
    (row) => row[0] ?? '',
  );
  return {
    schema,
    tables: [...Map.groupBy(rows, (row) => row[0] ?? '')].map(([table, columns]) =>
      toTable({ schema, table, user: String(user) }, columns, uniqueKeys.get(table) ?? []),
    ),
    showsAll: true,
    absent: all.includes(schema) ? undefined : { others: all, grant: undefined },
    grant: (table, columns) => {
      const list = columns.length === 0 ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`;
      const to = `TO ${String(user)};`;
      const way = reachable === 't' ? '' : `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} ${to} `;
      return `${way}GRANT SELECT${list} ON ${qualified(schema, table)} ${to}`;
    },
  };
}

function toTable(
  { schema, table, user }: Pick<LiveTable, 'schema' | 'table'> & { readonly user: string },
  columns: readonly Row[],
  unique: readonly Row[],
): LiveTable {
  const [first = []] = columns;
  const [, kind, tuples, bytes] = first;
  const hidden = first[10];
  return {
    schema,
    table,
    kind: kind === 'v' || kind === 'm' ? 'view' : 'table',
    engine: undefined,
    isForeign: kind === 'f',
    unhide: hidden === 't' ? `ALTER ROLE ${user} BYPASSRLS;` : undefined,
    columns: columns.map(toColumn),
    showsAll: true,
    key: columns
      .filter((row) => row[8] !== null)
      .sort((one, other) => Number(one[8]) - Number(other[8]))
      .map((row) => row[4] ?? ''),
    uniqueKeys: [...Map.groupBy(unique, ([, index]) => index).values()].map((parts) =>
      parts.map(([, , column]) => column ?? ''),
    ),
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
