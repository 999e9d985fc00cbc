import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { contractTypeSql, type ContractType } from '../pipeline/contract-type.ts';
import { sqlstateOf } from '../warehouse/fault.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { buildPath, type BuildScope } from './build-session.ts';
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
  scope: BuildScope,
  dataset: Dataset,
  sqlstate: string,
): Promise<Error | undefined> {
  if (sqlstate === '22001' || sqlstate === '22003') {
    const misfit = await findMisfit(session, dataset);
    if (misfit !== undefined) return misfit;
  }
  const meaning = meanings[sqlstate];
  return meaning === undefined ? undefined : selectFailed(scope, dataset, sqlstate, meaning);
}

/** NJ-CONTRACT-BUILD, with what someone needs to run the SELECT by hand. */
export function selectFailed(
  scope: BuildScope,
  dataset: Dataset,
  sqlstate: string,
  meaning: string,
): NightjarError {
  const byHand = { path: buildPath(scope), asOf: scope.asOf };
  return nightjarError('NJ-CONTRACT-BUILD', { dataset: dataset.name, sqlstate, meaning, byHand });
}

/** The first column of whose type some row's value is none. `undefined` also where the SELECT itself fails. */
async function findMisfit(session: Session, dataset: Dataset): Promise<Error | undefined> {
  for (const column of dataset.contract.columns) {
    const condition = outside(column.type, `q.${quoteIdentifier(column.name)}`);
    if (condition === undefined) continue;
    const found = await misfits(session, dataset, condition);
    if (found === undefined) return undefined;
    if (found.rows === 0) continue;
    return nightjarError('NJ-CONTRACT-TOO-LONG', {
      dataset: dataset.name,
      column: column.name,
      type: contractTypeSql(column.type),
      ...found,
    });
  }
  return undefined;
}

/** SQL that is true for a value that a type cannot hold. */
function outside(type: ContractType, value: string): string | undefined {
  switch (type.base) {
    case 'varchar':
      return `char_length(${value}) > ${type.length}`;
    case 'smallint':
      return `${value} not between -32768 and 32767`;
    case 'integer':
      return `${value} not between -2147483648 and 2147483647`;
    case 'numeric':
      return `abs(round(${value}::numeric, ${type.scale})) >= 1e${type.precision - type.scale}::numeric`;
    default:
      return undefined;
  }
}

async function misfits(
  session: Session,
  dataset: Dataset,
  condition: string,
): Promise<{ readonly rows: number; readonly keys: readonly string[] } | undefined> {
  const { key } = dataset.contract;
  const from = `from (\n${dataset.sql}\n) q where ${condition}`;
  const keyList = key.map((name) => `q.${quoteIdentifier(name)}`).join(', ');
  try {
    const [counted] = await session.raw<{ rows: number }>(`select count(*) as rows ${from}`);
    const sample = await session.raw<Record<string, unknown>>(
      `select ${keyList} ${from} order by ${keyList} limit ${named}`,
    );
    return { rows: counted?.rows ?? 0, keys: printKeys(sample, key) };
  } catch (error) {
    // The SELECT fails by itself, before any column is filled: then its own SQLSTATE says the most.
    if (sqlstateOf(error) === undefined) throw error;
    return undefined;
  }
}
