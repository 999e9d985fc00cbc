import { hasKey, isFoundIn, isSameKey, keyText } from '../audit/key-text.ts';
import { generationSchemaName } from '../build/candidate.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Contract } from '../pipeline/contract.ts';
import { sqlstateOf } from '../warehouse/fault.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

const during = 'the search for a key that is struck out';

/** A key of a dataset, by its columns. */
export type Key = Readonly<Record<string, unknown>>;

export interface DatasetKey {
  readonly dataset: string;
  readonly key: Key;
}

/** A generation that is still there and holds the key. */
export interface GenerationWithKey {
  readonly generation: number;
  readonly columns: readonly string[];
  /** As that generation has it. */
  readonly key: Key;
}

interface Kept {
  readonly generation: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly keyColumns: readonly string[];
}

/**
 * The generations kept, the held candidate among them, that hold a key of a dataset. In those by a former key it is found by
 * what `key_was` gives for its row. Throws NJ-PUBLISH-OTHER-KEY.
 */
export async function generationsWithKey(
  session: Session,
  { dataset, key }: DatasetKey,
  contract: Pick<Contract, 'columns' | 'keyWas'>,
): Promise<readonly GenerationWithKey[]> {
  const kept = await session.query<{
    generation: number;
    columns: Kept['columns'];
    keyColumns: string[];
  }>(
    during,
    `select d.generation, d.columns, d.key_columns as "keyColumns"
       from nightjar.dataset d join nightjar.generation g on g.number = d.generation
      where d.name = $1 and g.state in ('published', 'held', 'audited') order by d.generation`,
    [dataset],
  );
  const holding = async (one: Kept, itsKey: Key): Promise<readonly GenerationWithKey[]> => {
    const rows = await session.query(
      during,
      `select from ${qualified(generationSchemaName(one.generation), dataset)} t where ${hasKey('t', one.keyColumns, '$1::jsonb')}`,
      [JSON.stringify(itsKey)],
    );
    const columns = one.columns.map((column) => column.name);
    return rows.length === 0 ? [] : [{ generation: one.generation, columns, key: itsKey }];
  };
  const found: GenerationWithKey[] = [];
  const other: Kept[] = [];
  for (const one of kept) {
    if (isByKey(one, key, contract)) found.push(...(await holding(one, key)));
    else other.push(one);
  }
  if (other.length === 0) return found;
  const former = await formerValues(session, dataset, found, contract);
  const untold: Kept[] = [];
  for (const one of other) {
    const keys = keysOf(former, one.keyColumns);
    if (keys.length === 0) untold.push(one);
    for (const its of keys) found.push(...(await holding(one, its)));
  }
  const [first] = untold;
  // What is struck out already went from all that were kept then, and has entered none since.
  if (first !== undefined && !(await isStruckOut(session, { dataset, key })))
    throw nightjarError('NJ-PUBLISH-OTHER-KEY', {
      ...{ dataset, key: first.keyColumns.join(', ') },
      generations: untold.map(({ generation }) => generation),
    });
  return found.toSorted((one, next) => one.generation - next.generation);
}

async function isStruckOut(session: Session, { dataset, key }: DatasetKey): Promise<boolean> {
  const same = isSameKey('key', Object.keys(key), '$2::jsonb');
  const rows = await session.query(during, `select from nightjar.erasure where dataset = $1 and ${same}`, [
    dataset,
    JSON.stringify(key),
  ]);
  return rows.length > 0;
}

/** What a row was known by before the key of its dataset was another one, as far as `key_was` and a generation kept tell. */
export async function formerKeys(
  session: Session,
  dataset: string,
  holding: readonly GenerationWithKey[],
  contract: Pick<Contract, 'keyWas'>,
): Promise<readonly { readonly key: Key; readonly columns: readonly string[] }[]> {
  const former = await formerValues(session, dataset, holding, contract);
  const sets = await session.query<{ columns: string[] }>(
    during,
    'select distinct key_columns as columns from nightjar.dataset where name = $1 order by 1',
    [dataset],
  );
  return sets.flatMap(({ columns }) => keysOf(former, columns).map((key) => ({ key, columns })));
}

/** Whether a generation's dataset has the key of today's contract, so that it is found there as it is. */
function isByKey({ columns, keyColumns }: Kept, key: Key, contract: Pick<Contract, 'columns'>): boolean {
  if (keyColumns.toSorted().join('\n') !== Object.keys(key).sort().join('\n')) return false;
  return columns
    .filter(({ name }) => keyColumns.includes(name))
    .every(({ name, type }) => {
      const now = contract.columns.find((column) => column.name === name)?.type;
      return now !== undefined && isFoundIn(type, contractTypeSql(now));
    });
}

/** The columns of former keys, as text, for the rows that generations have of a key. */
async function formerValues(
  session: Session,
  dataset: string,
  holding: readonly GenerationWithKey[],
  { keyWas }: Pick<Contract, 'keyWas'>,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  if (keyWas.size === 0) return [];
  const pairs = [...keyWas].map(([name, sql]) => `${quoteLiteral(name)}, ${keyText(`to_jsonb((${sql}))`)}`);
  const found: Readonly<Record<string, string | null>>[] = [];
  const path = (value: string): Promise<unknown> =>
    session.query(during, "select set_config('search_path', $1, false)", [value]);
  await path('nightjar');
  try {
    for (const { generation, key } of holding) {
      const rows = await session
        .raw<{ former: Readonly<Record<string, string | null>> }>(
          `select jsonb_build_object(${pairs.join(', ')}) as former
             from ${qualified(generationSchemaName(generation), dataset)} as ${quoteIdentifier(dataset)}
            where ${hasKey(quoteIdentifier(dataset), Object.keys(key), '$1::jsonb')}`,
          [JSON.stringify(key)],
        )
        .catch((error: unknown) => {
          // An older generation need not have the columns that today's key_was asks for; then it tells nothing.
          if (sqlstateOf(error) === undefined) throw error;
          return [];
        });
      found.push(...rows.map(({ former }) => former));
    }
  } finally {
    await path('');
  }
  return found;
}

/** The different keys of some columns among such values; none where a value of one is not known. */
function keysOf(
  former: readonly Readonly<Record<string, string | null>>[],
  columns: readonly string[],
): readonly Key[] {
  const keys = former.flatMap((values): Key[] => {
    const pairs = columns.map((name) => [name, values[name] ?? undefined] as const);
    return pairs.some(([, value]) => value === undefined) ? [] : [Object.fromEntries(pairs)];
  });
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
