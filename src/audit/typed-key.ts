import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql, type ContractType } from '../pipeline/contract-type.ts';
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
  const typed = key.map((name, index) => {
    const type = columns.find((column) => column.name === name)?.type;
    const whole = `$${index + 1}::${type === undefined ? 'text' : wholeTypeSql(type)}`;
    const sqlType = type === undefined ? 'text' : contractTypeSql(type);
    return { name, sqlType, whole, sql: `${whole}::${sqlType}` };
  });
  const wrong = (): NightjarError => {
    const types = typed.map(({ name, sqlType }) => `${name} (${sqlType})`);
    const expected = `a value of its type: ${types.join(', ')}`;
    return nightjarError('NJ-USE-VALUE', { option: 'key', found: words.join(' '), expected });
  };
  const pairs = typed.map(({ name, sql }) => `${quoteLiteral(name)}, ${exactJson(sql)}`);
  const kept = typed.map(({ whole, sql }) => `${whole} = ${sql}`);
  try {
    const [row] = await session.raw<{ key: Readonly<Record<string, unknown>>; kept: boolean }>(
      `select jsonb_build_object(${pairs.join(', ')}) as key, ${kept.join(' and ')} as kept`,
      key.map((name) => values.get(name)),
    );
    if (row?.kept !== true) throw wrong();
    return row.key;
  } catch (error) {
    throw sqlstateOf(error) === undefined ? error : wrong();
  }
}

/** JavaScript keeps fifteen digits of a number; of a longer one it makes that of another row. As text all stay. */
function exactJson(value: string): string {
  return `case when jsonb_typeof(to_jsonb(${value})) = 'number' and length((${value})::text) > 15
    then to_jsonb((${value})::text) else to_jsonb(${value}) end`;
}

/** The type without what a cast silently cuts or rounds a value to: a longer key is no row's, not that of another row. */
function wholeTypeSql(type: ContractType): string {
  return type.base === 'date' ? 'timestamp' : type.base;
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
