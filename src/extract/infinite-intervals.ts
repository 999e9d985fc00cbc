import type { SourceTable } from '../pipeline/source-table.ts';
import type { RepairCount } from '../source/source.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { repairedColumn } from './raw-schema.ts';

/** As PostgreSQL sends them, since 17. */
const infinite = [
  String.raw`'\x7fffffffffffffff7fffffff7fffffff'`,
  String.raw`'\x80000000000000008000000080000000'`,
];

/**
 * Makes null, and notes, what came as an infinite interval into a raw table of a warehouse that has none (before 17): by the same
 * bytes it would be the longest finite one there. In the transaction that has filled the table.
 */
export async function withoutInfiniteIntervals(
  session: Session,
  schema: string,
  table: SourceTable,
): Promise<readonly RepairCount[]> {
  const repairs: RepairCount[] = [];
  const repaired = quoteIdentifier(repairedColumn);
  for (const { name, type } of table.columns) {
    if (type.raw !== 'interval') continue;
    const column = quoteIdentifier(name);
    const { cells } = await session.one<{ cells: number }>(
      `the look for infinite intervals in ${table.name}`,
      `with done as (
         update ${qualified(schema, table.name)}
            set ${column} = null, ${repaired} = concat_ws(',', ${repaired}, ${quoteLiteral(`${name}:out-of-range`)})
          where current_setting('server_version_num')::int < 170000 and interval_send(${column}) in (${infinite.join(', ')})
          returning 1)
       select count(*)::int as cells from done`,
    );
    if (cells > 0) repairs.push({ column: name, kind: 'out-of-range', cells });
  }
  return repairs;
}
