import { parseContractType } from './parse-contract-type.ts';
import type { ContractType } from './contract-type.ts';

/** Decimal digits that an integer type can need. */
const digits: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };

/** Whether every value of one type is the same value in the other: `varchar(30)` in `text`, `integer` in `bigint`. */
export function widens(from: string, to: string): boolean {
  const before = parseContractType(from);
  const after = parseContractType(to);
  return before !== undefined && after !== undefined && fits(before, after);
}

function fits(before: ContractType, after: ContractType): boolean {
  switch (after.base) {
    case 'text':
      return before.base === 'varchar' || before.base === 'text';
    case 'varchar':
      return before.base === 'varchar' && before.length <= after.length;
    case 'timestamp':
      return before.base === 'timestamp' && before.digits <= after.digits;
    case 'numeric':
      return before.base === 'numeric'
        ? before.scale <= after.scale && before.precision - before.scale <= after.precision - after.scale
        : (digits[before.base] ?? Infinity) <= after.precision - after.scale;
    case 'bigint':
    case 'integer':
      return (digits[before.base] ?? Infinity) <= (digits[after.base] ?? 0);
    case 'double precision':
      return before.base === 'real';
    default:
      return before.base === after.base;
  }
}
