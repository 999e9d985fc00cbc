import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';

/** A condition that each row of a dataset must meet. */
export interface RowCheck {
  /** `required:surname`, or the name of a rule. */
  readonly name: string;
  /** SQL over the dataset's columns that is true for a row that breaks it. */
  readonly broken: string;
}

/** What makes a row of a dataset a broken one. A rule that is null for a row is met by it. */
export function rowChecks({ contract }: Dataset): readonly RowCheck[] {
  return [
    ...contract.columns
      .filter(({ name, presence }) => presence === 'required' && !contract.key.includes(name))
      .map(({ name }) => ({ name: `required:${name}`, broken: `${quoteIdentifier(name)} is null` })),
    ...contract.rules.map((rule) => ({ name: rule.name, broken: `(${rule.sql}) is false` })),
  ];
}

/** SQL that is true for a row that breaks any of them. */
export function anyBroken(checks: readonly RowCheck[]): string {
  return checks.length === 0 ? 'false' : checks.map((check) => `(${check.broken})`).join(' or ');
}

/** SQL for the names of those that a row breaks, as an array. */
export function brokenNames(checks: readonly RowCheck[], quote: (text: string) => string): string {
  const each = checks.map((check) => `case when ${check.broken} then ${quote(check.name)} end`);
  return each.length === 0 ? `array[]::text[]` : `array_remove(array[${each.join(', ')}], null)`;
}
