import { rawSchemaName } from '../extract/raw-schema.ts';
import type { Coverage } from '../pipeline/guards.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import type { Measure } from './measures.ts';

/** Counts the rows of a raw table for which another has none. */
export async function coverageMeasures(
  session: Session,
  run: number,
  coverage: readonly Coverage[],
): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const one of coverage) {
    const columns = identifierList([...one.on.values()]);
    // A join, which hashes, and not EXISTS in a list, which looks through the other table for each row.
    const { rows, total } = await session.one<{ rows: number; total: number }>(
      `the coverage ${one.name}`,
      `select count(*) filter (where b.nightjar_covers is null) as rows, count(*) as total
         from (select * from ${qualified(rawSchemaName(run), one.of)}${whereSql(one)}) a
         left join (select distinct ${columns}, true as nightjar_covers from ${qualified(rawSchemaName(run), one.by)}) b
           on ${matchSql(one)}`,
    );
    measures.push({ guard: 'coverage', subject: one.name, value: null, rows, total });
  }
  return measures;
}

/** The rows of a raw table for which another has none, while the raw tables are there. */
export function uncoveredSql(run: number, one: Coverage): string {
  const columns = [...one.on.keys()].map((column) => `a.${quoteIdentifier(column)}`).join(', ');
  return (
    `select ${columns} from (select * from ${qualified(rawSchemaName(run), one.of)}${whereSql(one)}) a ` +
    `where not exists (select from ${qualified(rawSchemaName(run), one.by)} b where ${matchSql(one)})`
  );
}

function matchSql({ on }: Coverage): string {
  return [...on].map(([of, by]) => `b.${quoteIdentifier(by)} = a.${quoteIdentifier(of)}`).join(' and ');
}

function whereSql({ where }: Coverage): string {
  return where === undefined ? '' : ` where (${where})`;
}
