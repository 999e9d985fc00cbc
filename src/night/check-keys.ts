import { nightjarError } from '../error/nightjar-error.ts';
import type { ExtractReport } from '../extract/extract.ts';
import { rawSchemaName } from '../extract/raw-schema.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * Proves the declared keys that no source keeps unique by itself, such as those of views: orders were judged by them. Throws
 * NJ-SOURCE-KEY-FALSE.
 */
export async function checkKeys(
  session: Session,
  run: number,
  pipeline: Pipeline,
  extracted: ExtractReport,
): Promise<void> {
  const reads = extracted.connections.flatMap((connection) => connection.tables);
  const unproved = new Set(reads.filter((read) => !read.keyIsProved).map((read) => read.name));
  for (const { name, key, source, table, columns } of pipeline.tables) {
    if (key.length === 0 || !unproved.has(name)) continue;
    const list = identifierList(key);
    const isIncomplete = key.map((column) => `${quoteIdentifier(column)} is null`).join(' or ');
    const { repeated, incomplete } = await session.one<{ repeated: number; incomplete: number }>(
      `the proof of the key of ${name}`,
      `select count(*) filter (where rows > 1 and not is_incomplete) as repeated,
              coalesce(sum(rows) filter (where is_incomplete), 0)::bigint as incomplete
         from (select ${isIncomplete} as is_incomplete, count(*) as rows
                 from ${qualified(rawSchemaName(run), name)} group by ${list}) k`,
    );
    if (repeated === 0 && incomplete === 0) continue;
    throw nightjarError('NJ-SOURCE-KEY-FALSE', {
      table: `${source}.${table}`,
      key: key.map((column) => columns.find((one) => one.name === column)?.column ?? column),
      repeated,
      incomplete,
    });
  }
}
