import type { Node, RangeFunction } from 'libpg-query';
import { placeOf, textOf, textsOf } from './ast.ts';
import { plainBlock, type Context } from './context.ts';
import type { Place } from './from-item.ts';
import { kindOfFunction, setFunctions } from './function-kinds.ts';
import { kindOfTypeName } from './kind.ts';
import { now } from './later.ts';
import { columnId, type Column, type Relation } from './relation.ts';
import { readsDates, reportTextDate } from './text-date.ts';
import type { Value } from './value.ts';

export function readFunction(item: RangeFunction, { lateral, commonTables, context }: Place): Relation {
  const id = context.nextRelation();
  const block = plainBlock(lateral, commonTables);
  const alias = item.alias?.aliasname;
  const names = textsOf(item.alias?.colnames);
  const calls = (item.functions ?? [])
    .map((entry) => ('List' in entry ? entry.List.items?.[0] : undefined))
    .filter((node) => node !== undefined)
    .flatMap(oneArrayEach);
  const outputs = calls.map((call) => ({
    call,
    value: context.infer(call, block, context),
    name: functionName(call),
  }));
  const relationName = alias ?? outputs[0]?.name ?? '';
  const dependsOn = outputs.flatMap((output) => [...output.value.columns]);
  const declared = (item.coldeflist ?? []).flatMap((node) => ('ColumnDef' in node ? [node.ColumnDef] : []));
  reportDates(item, context);
  const columns: Column[] = [];
  const add = (name: string, like: Pick<Column, 'kind' | 'unfolded' | 'folded' | 'origins'>): void => {
    const given = names[columns.length] ?? name;
    columns.push({
      name: given,
      id: columnId(id, given),
      kind: like.kind,
      unfolded: like.unfolded,
      folded: like.folded,
      origins: like.origins,
    });
  };
  for (const { call, value, name } of outputs) {
    const text = { unfolded: value.unfolded.size > 0, folded: value.folded.size > 0, origins: value.origins };
    if (declared.length > 0) {
      for (const column of declared)
        add(column.colname ?? '', { kind: kindOfTypeName(column.typeName), ...text });
    } else {
      const own = columnsOf(call, value, outputs.length === 1 ? (alias ?? name) : name);
      if (own === undefined)
        return { id, alias: relationName, columns: undefined, keys: now([]), keysAreFilled: false };
      for (const column of own) add(column.name, { kind: column.kind, ...text });
    }
  }
  const isItsColumn =
    outputs.length === 1 && columns.length === 1 && declared.length === 0 && item.ordinality !== true;
  let keys: string[][] = outputs.every((output) => !setFunctions.has(output.name)) ? [[...dependsOn]] : [];
  const [only] = columns;
  if (outputs.length === 1 && outputs[0]?.name === 'generate_series' && only !== undefined)
    keys = [[...dependsOn, only.id]];
  if (item.ordinality === true) {
    add('ordinality', { kind: 'integer', unfolded: false, folded: false, origins: new Set() });
    keys = [[...dependsOn, columns.at(-1)?.id ?? '']];
  }
  return { id, alias: relationName, columns, keys: now(keys), keysAreFilled: false, isItsColumn };
}

/** `unnest(a, b)` is two of them side by side. */
function oneArrayEach(call: Node): readonly Node[] {
  if (!('FuncCall' in call) || functionName(call) !== 'unnest') return [call];
  return (call.FuncCall.args ?? []).map((argument) => ({
    FuncCall: { ...call.FuncCall, args: [argument] },
  }));
}

/** `json_to_record(…) as r (d date)`, also within ROWS FROM: dates that are read from texts. */
function reportDates(item: RangeFunction, context: Context): void {
  const within = (item.functions ?? []).flatMap((entry) =>
    'List' in entry
      ? (entry.List.items ?? []).flatMap((node) => ('List' in node ? (node.List.items ?? []) : []))
      : [],
  );
  for (const node of [...(item.coldeflist ?? []), ...within]) {
    if ('ColumnDef' in node && readsDates(node.ColumnDef.typeName, context))
      reportTextDate(`the column ${node.ColumnDef.colname ?? ''}`, placeOf(node), context);
  }
}

function functionName(call: Node): string {
  return 'FuncCall' in call ? (textOf(call.FuncCall.funcname?.at(-1)) ?? '') : '';
}

/** Functions whose columns have names of their own. */
const ownColumns: ReadonlyMap<string, readonly Pick<Column, 'name' | 'kind'>[]> = new Map(
  ['json', 'jsonb'].flatMap((type) => [
    [`${type}_array_elements`, [{ name: 'value', kind: 'other' }]],
    [`${type}_array_elements_text`, [{ name: 'value', kind: 'text' }]],
    [
      `${type}_each`,
      [
        { name: 'key', kind: 'text' },
        { name: 'value', kind: 'other' },
      ],
    ],
    [
      `${type}_each_text`,
      [
        { name: 'key', kind: 'text' },
        { name: 'value', kind: 'text' },
      ],
    ],
  ]),
);

/**
 * The columns that a function in FROM gives. That it gives one is known of those whose kind is, and of arrays taken apart.
 * @param name that of a column which has none of its own.
 */
function columnsOf(
  call: Node,
  value: Value,
  name: string,
): readonly Pick<Column, 'name' | 'kind'>[] | undefined {
  const called = functionName(call);
  const own = ownColumns.get(called);
  if (own !== undefined) return own;
  const isOne =
    called === 'unnest' ||
    called === 'generate_series' ||
    value.kind !== 'unknown' ||
    kindOfFunction(called, []) !== 'unknown';
  return isOne ? [{ name, kind: value.kind }] : undefined;
}
