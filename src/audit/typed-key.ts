import { nightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteLiteral } from '../warehouse/identifier.ts';
import { sqlstateOf } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * A key as it is written down (`nightjar.departure`, `nightjar.held_row`), out of what somebody typed: `17`, or
 * `order_no=17 line_no=2`. Throws NJ-USE-VALUE.
 */
export async function typedKey(
  session: Session,
  dataset: Dataset,
  words: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const { key, columns } = dataset.contract;
  const values = byColumn(key, words);
  if (values === undefined) {
    const expected = `the key of ${dataset.name}: ${key.map((name) => `${name}=…`).join(' ')}`;
    throw nightjarError('NJ-USE-VALUE', { option: 'key', found: words.join(' '), expected });
  }
  const pairs = key.map((name, index) => {
    const type = columns.find((column) => column.name === name)?.type;
    return `${quoteLiteral(name)}, $${index + 1}::${type === undefined ? 'text' : contractTypeSql(type)}`;
  });
  try {
    const [row] = await session.raw<{ key: Readonly<Record<string, unknown>> }>(
      `select jsonb_build_object(${pairs.join(', ')}) as key`,
      key.map((name) => values.get(name)),
    );
    return row?.key ?? {};
  } catch (error) {
    if (sqlstateOf(error) === undefined) throw error;
    const types = key.map((name) => {
      const type = columns.find((column) => column.name === name)?.type;
      return `${name} (${type === undefined ? 'text' : contractTypeSql(type)})`;
    });
    const expected = `a value of its type: ${types.join(', ')}`;
    throw nightjarError('NJ-USE-VALUE', { option: 'key', found: words.join(' '), expected });
  }
}

/** What each column of the key is to be; `undefined` where not each has one value, or another name is among them. */
function byColumn(key: readonly string[], words: readonly string[]): ReadonlyMap<string, string> | undefined {
  const [only, ...others] = key;
  const [word, ...more] = words;
  if (only !== undefined && others.length === 0 && word !== undefined && more.length === 0) {
    return new Map([[only, word.startsWith(`${only}=`) ? word.slice(only.length + 1) : word]]);
  }
  const values = new Map<string, string>();
  for (const one of words) {
    const equals = one.indexOf('=');
    const name = one.slice(0, equals);
    if (equals === -1 || !key.includes(name) || values.has(name)) return undefined;
    values.set(name, one.slice(equals + 1));
  }
  return values.size === key.length ? values : undefined;
}
