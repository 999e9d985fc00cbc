import type { ContractType } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { textSettings } from '../warehouse/text-settings.ts';
import { shapeColumns } from './shape.ts';
import { storeSchema, type StoreTable } from './store.ts';
import { showsColumn, viewSelect } from './views.ts';

const numberTypes: ReadonlySet<ContractType['base']> = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
]);

/** A dataset and its tables of every shape. */
export interface StoredDataset {
  readonly dataset: Dataset;
  readonly tables: readonly StoreTable[];
}

/**
 * The SELECT behind the view `change`: each key that entered, left or changed since the generation of the consumer's
 * last receipt. Compared when it is asked for, and by who asks: a night pays nothing for it, and it holds from whatever
 * receipt. Of datasets that the role may not read, and of those with equal digests, not a row is touched.
 */
export function changeSelect(schema: string, datasets: readonly Dataset[]): string {
  return datasets
    .flatMap((dataset) => [
      `select ${quoteLiteral(dataset.name)}::text as dataset, c.key, c.kind, c.reason
  from ${qualified(storeSchema, dataset.name)}((${mayBeTold(schema, dataset)})) c`,
      struckOut(schema, dataset),
    ])
    .join('\nunion all\n');
}

/** The function that compares a dataset's generations for the view `change`, as `drop function` names it. */
export function comparison(dataset: string): string {
  return `${qualified(storeSchema, dataset)}(boolean)`;
}

/**
 * Makes it. The generation of the last receipt is not that which the consumer reads, so nothing but the comparison may
 * see its rows: no condition of the reader's comes into a function of its owner's rights. Only the view can call it: no
 * consumer has a right on its schema.
 */
export function comparisonSql({ dataset, tables }: StoredDataset): string {
  const name = quoteLiteral(dataset.name);
  const columns = shapeColumns(dataset.contract);
  const key = dataset.contract.key.map(quoteIdentifier);
  const first = key[0] ?? '';
  const row = (alias: string): string =>
    `row(${columns.map((column) => `${alias}.${quoteIdentifier(column.name)}`).join(', ')})`;
  const pairs = dataset.contract.key.map(
    (column) =>
      `${quoteLiteral(column)}, coalesce(a.${quoteIdentifier(column)}, b.${quoteIdentifier(column)})`,
  );
  const keyJson = `jsonb_build_object(${pairs.join(', ')})`;
  const compared = comparedSince({ dataset, tables });
  const since = `(select ${compared})`;
  // Several nights may lie between: of those that were published, the latest in which the key left.
  const reason = `(select d.reason from nightjar.departure d
      join nightjar.generation g on g.number = d.generation and g.state in ('published', 'retired')
     where d.dataset = ${name} and d.key = ${keyJson} and d.generation > ${since}
       and d.generation <= (select nightjar.reading(null))
     order by d.generation desc limit 1)`;
  const body = `select ${keyJson},
    case when b.${first} is null then 'entered' when a.${first} is null then 'left' else 'changed' end,
    case when a.${first} is null then ${reason} end
  from (${viewSelect(columns, tables, 'nightjar.reading(null)')}) a
  full join (${viewSelect(columns, tables, compared)}) b on ${key.map((column) => `b.${column} = a.${column}`).join(' and ')}
  where (b.${first} is null or a.${first} is null or ${row('b')} is distinct from ${row('a')})
    and $1
    and not (select exists (
      select from nightjar.dataset d join nightjar.dataset e
          on (e.name, e.shape, e.rows, e.digest, e.digest_recipe) = (d.name, d.shape, d.rows, d.digest, d.digest_recipe)
       where d.name = ${name} and d.generation = (select nightjar.reading(null)) and e.generation = ${since}))`;
  // A key is found among the departures, and told, as a night writes it down, whatever the reader's settings.
  const settings = textSettings.map(([setting, value]) => `set ${setting} = ${quoteLiteral(value)}`);
  return `create or replace function ${qualified(storeSchema, dataset.name)}(boolean)
returns table (key jsonb, kind text, reason text) language sql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp ${settings.join(' ')} as ${quoteLiteral(body)}`;
}

/** The generation of the last receipt, in SQL; refused where its key, or that of what is read, would not be seen as it is told. */
function comparedSince({ dataset, tables }: StoredDataset): string {
  const { name, contract } = dataset;
  const columns = shapeColumns(contract).filter((column) => contract.key.includes(column.name));
  const shapes = tables.filter((table) => columns.every((column) => showsColumn(table, column)));
  const arrays = [contract.key, shapes.map(({ shape }) => shape)].map(textArray);
  return `nightjar.compared_since(${quoteLiteral(name)}, ${arrays.join(', ')})`;
}

/**
 * The keys that were struck out since the generation of the last receipt could first be read: they went from that one too, so no
 * comparison shows them, and the consumer may have taken any of them. It is told until it acknowledges a later generation.
 */
function struckOut(schema: string, dataset: Dataset): string {
  const name = quoteLiteral(dataset.name);
  const names = textArray(dataset.contract.key);
  // Called within a SELECT: a bare call would be made by the planner too, to estimate rows, before any condition is asked, and so be
  // refused for a dataset that the role may not even read.
  return `select ${name}::text as dataset, ${toldKey(dataset)} as key, 'left' as kind, 'struck out' as reason
  from nightjar.erasure e
  where e.dataset = ${name} and e.key ?& ${names} and e.key - ${names} = '{}'
    and e.at > (select g.published_at from nightjar.generation g where g.number = (select nightjar.changed_since(${name})))
    and ${mayBeTold(schema, dataset)}`;
}

/** The key of an erasure as it is told otherwise: a long number is written down as text there, since JavaScript would round it. */
function toldKey({ contract }: Dataset): string {
  const pairs = contract.key.map((name) => {
    const column = quoteLiteral(name);
    const type = contract.columns.find((one) => one.name === name)?.type.base;
    if (type === undefined || !numberTypes.has(type)) return `${column}, e.key -> ${column}`;
    // Where it is one: a key of a former type may be any text.
    const isNumber = `e.key ->> ${column} ~ '^-?[0-9]+([.][0-9]+)?(e[-+][0-9]+)?$'`;
    return `${column}, case when ${isNumber} then to_jsonb((e.key ->> ${column})::numeric) else e.key -> ${column} end`;
  });
  return `jsonb_build_object(${pairs.join(', ')})`;
}

function textArray(texts: readonly string[]): string {
  return `array[${texts.map(quoteLiteral).join(', ')}]`;
}

/** SQL that is true where the role asking may read a dataset, and its generation has it. */
function mayBeTold(schema: string, { name }: Dataset): string {
  return (
    `(select has_table_privilege(to_regclass(${quoteLiteral(qualified(schema, name))}), 'select')) ` +
    `and (select exists (select from nightjar.dataset d where d.generation = nightjar.reading(null) and d.name = ${quoteLiteral(name)}))`
  );
}
