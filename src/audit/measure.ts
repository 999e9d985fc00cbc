import { printKeys } from '../build/print-key.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { ContractColumn } from '../pipeline/contract.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { digestSql } from './digest.ts';

export interface Measured {
  readonly rows: number;
  /** The digest of the multiset of the dataset's rows: see `digestRecipe`. */
  readonly digest: string;
}

/** How many rows a message names. */
const named = 5;

interface Check {
  /** SQL that is true for a row that breaks the contract. */
  readonly broken: string;
  readonly fault: (rows: number, keys: readonly string[]) => NightjarError;
}

/** Counts, digests and checks every row of a built dataset in one pass over it. */
export async function measure(
  session: Session,
  schema: string,
  dataset: Dataset,
): Promise<{ measured: Measured; faults: readonly NightjarError[] }> {
  const during = `the audit of dataset ${dataset.name}`;
  const table = qualified(schema, dataset.name);
  const { key, columns } = dataset.contract;
  const checks = [...columns.flatMap((column) => presenceChecks(dataset, column)), ...ruleChecks(dataset)];
  const counts = checks.map((check, index) => `count(*) filter (where ${check.broken}) as c${index}`);
  const row = await session.one<Record<string, string | number>>(
    during,
    `select ${[...counts, 'count(*) as rows', `${digestSql(columns.map((column) => column.name))} as digest`].join(', ')} from ${table}`,
  );
  const faults: NightjarError[] = [];
  for (const [index, check] of checks.entries()) {
    const broken = Number(row[`c${index}`]);
    if (broken === 0) continue;
    const keys = await session.query<Record<string, unknown>>(
      during,
      `select ${identifierList(key)} from ${table} where ${check.broken} order by ${identifierList(key)} limit ${named}`,
    );
    faults.push(check.fault(broken, printKeys(keys, key)));
  }
  return { measured: { rows: Number(row['rows']), digest: String(row['digest']) }, faults };
}

function presenceChecks(dataset: Dataset, column: ContractColumn): readonly Check[] {
  const isKey = dataset.contract.key.includes(column.name);
  if (!isKey && column.presence !== 'required') return [];
  return [
    {
      broken: `${quoteIdentifier(column.name)} is null`,
      fault: (rows, keys) => {
        const details = { dataset: dataset.name, column: column.name, rows, keys: isKey ? [] : keys };
        return nightjarError(isKey ? 'NJ-CONTRACT-KEY-INCOMPLETE' : 'NJ-CONTRACT-REQUIRED-NULL', details);
      },
    },
  ];
}

/** A rule that is null for a row is met by it. */
function ruleChecks(dataset: Dataset): readonly Check[] {
  return dataset.contract.rules.map((rule) => ({
    broken: `not (${rule.sql})`,
    fault: (rows, keys) =>
      nightjarError('NJ-CONTRACT-RULE-BROKEN', { dataset: dataset.name, rule: rule.name, rows, keys }),
  }));
}
