import { nightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql, type ContractType } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { sqlstateOf } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import { printKeys } from './print-key.ts';

/** How many rows a message names. */
const named = 5;

/**
 * SQLSTATEs of a value that its column's type does not hold: a text too long, a number out of range, and what `unchanged` does
 * to a time.
 */
export const misfitStates: ReadonlySet<string> = new Set(['22001', '22003', '22023']);

/** A column that some row of a SELECT has a value for which its type does not hold. */
interface Misfit {
  readonly column: string;
  /** SQL over a row `q` that is true for such a row; null for a null. */
  readonly condition: string;
}

/**
 * Finds, by running a SELECT once more, the columns whose types do not hold what some row has for them. `undefined` where
 * there is none, or the SELECT itself fails. Throws NJ-CONTRACT-TOO-LONG for a column of the key: such a row cannot be named.
 */
export async function findMisfits(
  session: Session,
  dataset: Dataset,
): Promise<readonly Misfit[] | undefined> {
  const possible = dataset.contract.columns.flatMap(({ name, type }) => {
    const condition = outside(type, `q.${quoteIdentifier(name)}`);
    return condition === undefined ? [] : [{ column: name, type, condition }];
  });
  if (possible.length === 0) return undefined;
  const counts = possible.map(({ condition }, index) => `count(*) filter (where ${condition}) as m${index}`);
  const from = `from (\n${dataset.sql}\n) q`;
  let counted: Record<string, number> | undefined;
  try {
    [counted] = await session.raw<Record<string, number>>(`select ${counts.join(', ')} ${from}`);
  } catch (error) {
    // The SELECT fails by itself, before any column is filled: then its own SQLSTATE says the most.
    if (sqlstateOf(error) === undefined) throw error;
    return undefined;
  }
  const found = possible.flatMap((one, index) => {
    const rows = counted?.[`m${index}`] ?? 0;
    return rows === 0 ? [] : [{ ...one, rows }];
  });
  const { key } = dataset.contract;
  const inKey = found.find(({ column }) => key.includes(column));
  if (inKey !== undefined) {
    const list = key.map((name) => `q.${quoteIdentifier(name)}`).join(', ');
    const sample = await session.raw<Record<string, unknown>>(
      `select ${list} ${from} where ${inKey.condition} order by ${list} limit ${named}`,
    );
    const { column, rows } = inKey;
    const details = { dataset: dataset.name, column, type: contractTypeSql(inKey.type), rows };
    throw nightjarError('NJ-CONTRACT-TOO-LONG', { ...details, keys: printKeys(sample, key) });
  }
  return found.length === 0 ? undefined : found;
}

/** SQL over a row `q`: true where some column does not hold its value. Never null. */
export function misfitCondition(misfits: readonly Misfit[]): string {
  return `(${misfits.map(({ condition }) => condition).join(' or ')}) is true`;
}

/** SQL that gives the keys of the rows that do not fit, and what each breaks. */
export function selectMisfits(dataset: Dataset, misfits: readonly Misfit[]): string {
  const rules = misfits.map(
    ({ column, condition }) => `case when ${condition} then ${quoteLiteral(`fits:${column}`)} end`,
  );
  return (
    `select ${identifierList(dataset.contract.key)}, array_remove(array[${rules.join(', ')}], null) as nightjar_rules ` +
    `from (\n${dataset.sql}\n) q where ${misfitCondition(misfits)}`
  );
}

/**
 * SQL of a value that ends the statement where its type would change it. PostgreSQL does so without a word: it rounds, across a day
 * or a year, and takes blanks from the end of a text that is too long. Either is the SELECT's matter.
 */
export function unchanged(type: ContractType, value: string): string {
  switch (type.base) {
    case 'varchar':
      // A text of no more bytes has no more characters, and bytes need not be counted.
      return (
        `case when octet_length(${value}) > ${type.length} and char_length(${value}) > ${type.length} ` +
        `then repeat('.', ${type.length + 1}) else ${value} end`
      );
    case 'numeric':
      return `case when ${rounded(type, value)} then 1e${type.precision - type.scale}::numeric else ${value} end`;
    default: {
      const condition = rounded(type, value);
      // There is no time that the type refuses: it is cut to a unit that does not exist.
      return condition === undefined
        ? value
        : `case when ${condition} then date_trunc('unrounded', ${value}) else ${value} end`;
    }
  }
}

/** SQL that is true for a value that a type cannot hold as it is. */
function outside(type: ContractType, value: string): string | undefined {
  switch (type.base) {
    case 'varchar':
      return `char_length(${value}) > ${type.length}`;
    case 'smallint':
      return `${value} not between -32768 and 32767`;
    case 'integer':
      return `${value} not between -2147483648 and 2147483647`;
    case 'numeric':
      // NaN, which is larger than any number, is held by every numeric; the infinities only by one without limits.
      return (
        `${value}::numeric <> 'NaN' and ` +
        `(${rounded(type, value)} or abs(${value}::numeric) >= 1e${type.precision - type.scale}::numeric)`
      );
    default:
      return rounded(type, value);
  }
}

/** SQL that is true for a value that its type would round; `undefined` where it rounds none. */
function rounded(type: ContractType, value: string): string | undefined {
  switch (type.base) {
    case 'numeric':
      return `round(${value}::numeric, ${type.scale}) <> ${value}::numeric`;
    case 'timestamp':
      return type.digits < 6 ? `${value}::timestamp(${type.digits}) <> ${value}` : undefined;
    default:
      return undefined;
  }
}
