import { nightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { printKeys } from './print-key.ts';

/** How many rows a message names. */
const named = 5;

/** Meanings of the SQLSTATEs that a SELECT over good tables can still end with. */
const meanings: Readonly<Record<string, string>> = {
  '22003': 'a number is out of range',
  '22012': 'something is divided by zero',
  '22007': 'a text is no date or time',
  '22008': 'a date or time is out of range',
  '22P02': 'a text cannot be read as the type it is cast to',
  '21000': 'a subquery that must give one row gave more',
  '42P01': 'a table it names does not exist',
  '42703': 'a column it names does not exist',
  '42804': 'a column has another type than its contract',
};

/**
 * Finds out, by running the SELECT once more, which rows made it fail. `undefined` where the SQLSTATE is not one that
 * the data or the SQL are to blame for.
 */
export async function explainFailure(
  session: Session,
  dataset: Dataset,
  sqlstate: string,
): Promise<Error | undefined> {
  if (sqlstate === '22001') return tooLong(session, dataset);
  const meaning = meanings[sqlstate];
  return meaning === undefined
    ? undefined
    : nightjarError('NJ-CONTRACT-BUILD', { dataset: dataset.name, sqlstate, meaning });
}

async function tooLong(session: Session, dataset: Dataset): Promise<Error | undefined> {
  const during = `the search for what does not fit in dataset ${dataset.name}`;
  const { columns, key } = dataset.contract;
  for (const column of columns) {
    if (column.type.base !== 'varchar') continue;
    const condition = `char_length(q.${quoteIdentifier(column.name)}) > ${column.type.length}`;
    const { rows } = await session.one<{ rows: number }>(
      during,
      `select count(*) as rows from (\n${dataset.sql}\n) q where ${condition}`,
    );
    if (rows === 0) continue;
    const keyList = key.map((name) => `q.${quoteIdentifier(name)}`).join(', ');
    const sample = await session.query<Record<string, unknown>>(
      during,
      `select ${keyList} from (\n${dataset.sql}\n) q where ${condition} order by ${keyList} limit ${named}`,
    );
    return nightjarError('NJ-CONTRACT-TOO-LONG', {
      dataset: dataset.name,
      column: column.name,
      type: contractTypeSql(column.type),
      rows,
      keys: printKeys(sample, key),
    });
  }
  return undefined;
}
