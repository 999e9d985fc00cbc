import { keyText } from '../audit/key-text.ts';
import { generationSchemaName } from '../build/candidate.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import type { DatasetKey } from './generations-with-key.ts';

/** Rows of a dataset that name a key of another one. */
export interface Referring {
  readonly dataset: string;
  readonly rows: number;
}

/** Counts, in a generation, the rows that refer to a key of a dataset, by the references that the contracts declare. */
export async function rowsReferring(
  session: Session,
  generation: number,
  datasets: readonly Dataset[],
  { dataset, key }: DatasetKey,
): Promise<readonly Referring[]> {
  const during = 'the count of rows that refer to a key';
  const parentKey = datasets.find((one) => one.name === dataset)?.contract.key ?? [];
  const built = await session.query<{ name: string }>(
    during,
    'select name from nightjar.dataset where generation = $1',
    [generation],
  );
  const found: Referring[] = [];
  for (const { name, contract } of datasets.filter((one) => built.some((other) => other.name === one.name))) {
    const conditions = contract.references
      .filter((reference) => reference.dataset === dataset && reference.columns.length === parentKey.length)
      .map(({ columns }) =>
        columns
          .map(
            (column, index) =>
              `${keyText(`to_jsonb(t.${quoteIdentifier(column)})`)} = ${keyText(`($1::jsonb -> ${quoteLiteral(parentKey[index] ?? '')})`)}`,
          )
          .join(' and '),
      );
    if (conditions.length === 0) continue;
    const table = qualified(generationSchemaName(generation), name);
    const { rows } = await session.one<{ rows: number }>(
      during,
      `select count(*) as rows from ${table} t where (${conditions.join(') or (')})`,
      [JSON.stringify(key)],
    );
    if (rows > 0) found.push({ dataset: name, rows });
  }
  return found;
}
