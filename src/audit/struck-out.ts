import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { isFoundIn, isOfColumns, keyText } from './key-text.ts';

/** The keys of a dataset that were struck out, as they are told from its rows of today. */
export interface StruckOut {
  /**
   * SQL over a row under the dataset's name: true for one that was struck out, under its present key or a former one; never
   * null. `undefined` where no key of the dataset was.
   */
  readonly sql: string | undefined;
  /** Keys that no row of today can be compared with. */
  readonly faults: readonly NightjarError[];
}

/** Keys that were struck out when the key had the same columns of the same types. */
interface StruckKeys {
  readonly names: readonly string[];
  /** By column; `null` where no generation was published by this key. */
  readonly types: Readonly<Record<string, string>> | null;
  readonly keys: number;
}

/** Looks up what was struck out of a dataset. */
export async function struckOutOf(session: Session, dataset: Dataset): Promise<StruckOut> {
  const { key, keyWas } = dataset.contract;
  const found = await struckKeys(session, dataset.name);
  const present = found.filter(({ names }) => isSame(names, key));
  const former = found.filter(({ names }) => names.every((name) => keyWas.has(name)));
  const row = quoteIdentifier(dataset.name);
  const conditions = [
    ...(present.length === 0 ? [] : [isAmong(dataset, key, (name) => `${row}.${quoteIdentifier(name)}`)]),
    ...distinct(former).map((names) => isAmong(dataset, names, (name) => `(${keyWas.get(name) ?? ''})`)),
  ];
  const lost = found.filter(
    (one) => !former.includes(one) && !(present.includes(one) && isComparable(dataset, one)),
  );
  return {
    sql: conditions.length === 0 ? undefined : `(${conditions.join(' or ')})`,
    faults: lost.map(({ names, types, keys }) =>
      nightjarError('NJ-CONTRACT-STRUCK-OUT', {
        ...{ dataset: dataset.name, keys, key: key.join(', ') },
        former: names.map((name) => (types === null ? name : `${name} (${types[name] ?? ''})`)).join(', '),
      }),
    ),
  };
}

async function struckKeys(session: Session, dataset: string): Promise<readonly StruckKeys[]> {
  return session.query<{ names: string[]; types: Record<string, string> | null; keys: number }>(
    `the look-up of what was struck out of dataset ${dataset}`,
    `select names, types, count(*)::int as keys
       from (select array(select jsonb_object_keys(e.key) order by 1) as names, e.at from nightjar.erasure e where e.dataset = $1) e
       left join lateral (
         select (select jsonb_object_agg(c ->> 'name', c ->> 'type') from jsonb_array_elements(d.columns) c
                  where c ->> 'name' = any(names)) as types
           from nightjar.dataset d join nightjar.generation g on g.number = d.generation
          where d.name = $1 and g.published_at <= e.at and d.key_columns @> names and d.key_columns <@ names
          order by g.published_at desc limit 1) d on true
      group by 1, 2 order by 1, 2`,
    [dataset],
  );
}

/** SQL that is true for a row of which these values were struck out as a key of these columns. */
function isAmong({ name }: Dataset, names: readonly string[], value: (name: string) => string): string {
  const values = names.map((column) => keyText(`to_jsonb(${value(column)})`));
  const struck = names.map((column) => keyText(`(e.key -> ${quoteLiteral(column)})`));
  return (
    `((${values.join(', ')}) in (select ${struck.join(', ')} from nightjar.erasure e ` +
    `where e.dataset = ${quoteLiteral(name)} and ${isOfColumns('e.key', names)})) is true`
  );
}

/** Whether keys of the present columns are found by their text, whatever became of their types. */
function isComparable({ contract }: Dataset, { types }: StruckKeys): boolean {
  return contract.columns.every(({ name, type }) => {
    const before = types?.[name];
    return before === undefined || isFoundIn(before, contractTypeSql(type));
  });
}

function isSame(names: readonly string[], key: readonly string[]): boolean {
  return names.length === key.length && key.every((name) => names.includes(name));
}

function distinct(found: readonly StruckKeys[]): readonly (readonly string[])[] {
  return [...new Map(found.map(({ names }) => [JSON.stringify(names), names])).values()];
}
