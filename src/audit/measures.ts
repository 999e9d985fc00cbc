import { generationSchemaName } from '../build/candidate.ts';
import type { Contract } from '../pipeline/contract.ts';
import type { Reference } from '../pipeline/guards.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** The guards that compare one number of a generation with that of another. */
export type MeasuredGuard = 'nulls' | 'orphans' | 'codes' | 'distribution' | 'coverage' | 'faults';

/** So many of the rows that could be. */
export interface Measure {
  readonly guard: MeasuredGuard;
  /** A column, a reference, a coverage or a fault. */
  readonly subject: string;
  /** A value of a coded column or a distribution; null otherwise, and for rows without one. An empty text is a value. */
  readonly value: string | null;
  readonly rows: number;
  readonly total: number;
}

/** What is measured of a dataset's own table. */
export interface Subjects {
  /** Expected columns. */
  readonly nulls: readonly string[];
  readonly references: readonly Reference[];
  /** Columns whose values are counted, coded ones and distributions. */
  readonly values: readonly { readonly guard: 'codes' | 'distribution'; readonly column: string }[];
}

/** More values than a column has that is declared as coded: what is beyond is not counted. */
export const mostValues = 1000;

/** All that a contract asks to be measured. */
export function subjectsOf(contract: Contract): Subjects {
  return {
    nulls: contract.columns.filter(({ presence }) => presence === 'expected').map(({ name }) => name),
    references: contract.references,
    values: [
      ...contract.coded.map((column) => ({ guard: 'codes' as const, column })),
      ...contract.distribution.map((column) => ({ guard: 'distribution' as const, column })),
    ],
  };
}

/**
 * Measures a dataset's table of some generation: absent values and references that lead nowhere in one pass, the values of
 * columns in another.
 *
 * @param parentKey the key of a dataset as that generation has it; `undefined` where it has no such dataset.
 */
export async function takeMeasures(
  session: Session,
  generation: number,
  dataset: string,
  subjects: Subjects,
  parentKey: (dataset: string) => readonly string[] | undefined,
): Promise<readonly Measure[]> {
  return [
    ...(await countMissing(session, generation, dataset, subjects, parentKey)),
    ...(await countValues(session, generation, dataset, subjects)),
  ];
}

async function countMissing(
  session: Session,
  generation: number,
  dataset: string,
  { nulls, references }: Subjects,
  parentKey: (dataset: string) => readonly string[] | undefined,
): Promise<readonly Measure[]> {
  const schema = generationSchemaName(generation);
  const joins = references.flatMap((reference, index) => {
    const key = parentKey(reference.dataset);
    if (key?.length !== reference.columns.length) return [];
    const columns = reference.columns.map((column) => `t.${quoteIdentifier(column)}`);
    const on = key.map((column, place) => `p${index}.${quoteIdentifier(column)} = ${columns[place] ?? ''}`);
    return [
      {
        name: reference.name,
        join: `left join ${qualified(schema, reference.dataset)} p${index} on ${on.join(' and ')}`,
        given: columns.map((column) => `${column} is not null`).join(' and '),
        lost: `p${index}.${quoteIdentifier(key[0] ?? '')} is null`,
      },
    ];
  });
  if (nulls.length + joins.length === 0) return [];
  const counts = [
    'count(*) as rows',
    ...nulls.map(
      (column, index) => `count(*) filter (where t.${quoteIdentifier(column)} is null) as n${index}`,
    ),
    ...joins.map(({ given }, index) => `count(*) filter (where ${given}) as g${index}`),
    ...joins.map(({ given, lost }, index) => `count(*) filter (where ${given} and ${lost}) as o${index}`),
  ];
  const counted = await session.one<Record<string, number>>(
    `the measures of dataset ${dataset}`,
    `select ${counts.join(', ')} from ${qualified(schema, dataset)} t ${joins.map(({ join }) => join).join(' ')}`,
  );
  return [
    ...nulls.map((subject, index): Measure => ({
      ...{ guard: 'nulls', subject, value: null },
      ...{ rows: counted[`n${index}`] ?? 0, total: counted['rows'] ?? 0 },
    })),
    ...joins.map(({ name }, index): Measure => ({
      ...{ guard: 'orphans', subject: name, value: null },
      ...{ rows: counted[`o${index}`] ?? 0, total: counted[`g${index}`] ?? 0 },
    })),
  ];
}

/** In one pass over the table, whatever the number of columns. */
async function countValues(
  session: Session,
  generation: number,
  dataset: string,
  { values }: Subjects,
): Promise<readonly Measure[]> {
  if (values.length === 0) return [];
  const columns = [...new Set(values.map(({ column }) => column))];
  const list = identifierList(columns);
  const value = columns.map(
    (column, index) => `when ${1 << (columns.length - 1 - index)} then ${quoteIdentifier(column)}::text`,
  );
  // grouping() has a bit for each column, set where the row is not grouped by it; the first column's is the highest.
  const all = (1 << columns.length) - 1;
  const counted = await session.query<{ place: number; value: string | null; rows: number }>(
    `the values of dataset ${dataset}`,
    `select * from (
       select ${all} - grouping(${list}) as place, case ${all} - grouping(${list}) ${value.join(' ')} end as value, count(*) as rows,
              row_number() over (partition by grouping(${list}) order by count(*) desc) as rank
         from ${qualified(generationSchemaName(generation), dataset)}
        group by grouping sets (${columns.map((column) => `(${quoteIdentifier(column)})`).join(', ')})) v
      where rank <= ${mostValues + 1}`,
  );
  const total = counted
    .filter(({ place }) => place === 1 << (columns.length - 1))
    .reduce((sum, { rows }) => sum + rows, 0);
  return values.flatMap(({ guard, column }) => {
    const place = 1 << (columns.length - 1 - columns.indexOf(column));
    return counted
      .filter((one) => one.place === place)
      .map(({ value: text, rows }): Measure => ({ guard, subject: column, value: text, rows, total }));
  });
}
