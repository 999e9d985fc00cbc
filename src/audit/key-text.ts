import { parseContractType } from '../pipeline/parse-contract-type.ts';
import { widens } from '../pipeline/widening.ts';
import { quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';

/** SQL for a value of a key in JSON as text: the same whatever its type was, 5 and "5", 1.5 and 1.50. */
export function keyText(json: string): string {
  return `case jsonb_typeof(${json}) when 'number' then trim_scale((${json})::numeric)::text else ${json} #>> '{}' end`;
}

/** SQL that is true for a row that has a key, given in JSON. */
export function hasKey(row: string, names: readonly string[], json: string): string {
  return names
    .map((name) => {
      const value = `to_jsonb(${row}.${quoteIdentifier(name)})`;
      return `${keyText(value)} = ${keyText(`(${json} -> ${quoteLiteral(name)})`)}`;
    })
    .join(' and ');
}

/** SQL that is true for a key in JSON that has exactly these columns. */
export function isOfColumns(json: string, names: readonly string[]): string {
  const list = `array[${names.map(quoteLiteral).join(', ')}]`;
  return `(${json} ?& ${list} and ${json} - ${list} = '{}')`;
}

/** SQL that is true for a key that was written down, in JSON, and is the same as another of these columns. */
export function isSameKey(written: string, names: readonly string[], json: string): string {
  const equal = names.map((name) => {
    const [one, other] = [written, json].map((key) => keyText(`(${key} -> ${quoteLiteral(name)})`));
    return `${one ?? ''} = ${other ?? ''}`;
  });
  return [isOfColumns(written, names), ...equal].join(' and ');
}

/** Types of which a value that both hold is the same text in each. */
const wholeOrText: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'varchar', 'text']);

/** Whether a value of one type is found again by its text when its column has become of another. */
export function isFoundIn(before: string, now: string): boolean {
  const bases = [before, now].map((type) => parseContractType(type)?.base ?? '');
  return before === now || bases.every((base) => wholeOrText.has(base)) || widens(before, now);
}
