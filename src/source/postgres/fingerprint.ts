import { nightjarError } from '../../error/nightjar-error.ts';
import { printTable } from '../compare.ts';
import type { TableToRead } from '../source.ts';
import { qualified } from './identifier.ts';
import type { PostgresSession } from './session.ts';

/**
 * Which files a table's rows are in: its own, its partitions' and children's, and of a view those of all that it reads.
 * TRUNCATE and whatever else rewrites a table give it a new file; a table put in another's place has another number.
 * Names and files are looked up by functions that see the catalogue as it is now, not as the snapshot saw it. Of an array the
 * planner expects few partitions, and keeps room for few; of the function itself a thousand for each relation.
 */
const selectFiles = `
WITH RECURSIVE reached(wanted, oid) AS (
  SELECT wanted, pg_catalog.to_regclass(name)::pg_catalog.oid
    FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS tables(name, wanted)
  UNION
  SELECT r.wanted, next.oid
    FROM reached r CROSS JOIN LATERAL (
      SELECT pg_catalog.unnest(ARRAY(SELECT relid::pg_catalog.oid FROM pg_catalog.pg_partition_tree(r.oid))) AS oid
      UNION ALL
      SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = r.oid
      UNION ALL
      SELECT d.refobjid
        FROM pg_catalog.pg_rewrite w
        JOIN pg_catalog.pg_depend d
          ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = w.oid
         AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.oid
       WHERE w.ev_class = r.oid
    ) AS next
)
SELECT pg_catalog.string_agg(
         coalesce(r.oid::text, '-') || ':' || coalesce(pg_catalog.pg_relation_filenode(r.oid)::text, '-'),
         ',' ORDER BY r.oid),
       pg_catalog.bool_or(c.relkind = 'f')
  FROM reached r LEFT JOIN pg_catalog.pg_class c ON c.oid = r.oid
 GROUP BY wanted ORDER BY wanted`;

/**
 * A text for each table, in their order, that changes when a table is truncated, rewritten or replaced. Throws
 * NJ-SOURCE-FOREIGN for one whose rows, or some of them, lie on another server: they are not in our snapshot.
 */
export async function fingerprints(
  session: PostgresSession,
  tables: readonly TableToRead[],
): Promise<readonly (string | null)[]> {
  const names = tables.map((table) => qualified(table.schema, table.declared.table));
  const rows = await session.query(selectFiles, 'the files of its tables', [names]);
  return tables.map((table, index) => {
    const [files = null, isForeign] = rows[index] ?? [];
    if (isForeign === 't') throw nightjarError('NJ-SOURCE-FOREIGN', { table: printTable(table) });
    return files;
  });
}
