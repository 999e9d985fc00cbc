import type { Node } from 'libpg-query';
import { childNodes, textOf } from './ast.ts';
import type { Block, Context, OrderTerm } from './context.ts';
import { determine, withoutNeedless } from './determined.ts';
import { setFunctions } from './function-kinds.ts';
import type { Later } from './later.ts';
import { columnTerm } from './order-term.ts';
import type { Keys, OutputColumn } from './relation.ts';

/** What comes out of a block, as terms. */
export interface Outcome {
  readonly selected: Later<readonly OrderTerm[]>;
  readonly sorted: Later<readonly OrderTerm[]>;
  readonly on: Later<readonly OrderTerm[]>;
  readonly distinct: Distinct;
  /** For each `row_number()`, which of the selected it is and within what it numbers. */
  readonly numbered: Later<readonly Numbered[]>;
}

export interface Numbered {
  readonly index: number;
  readonly partition: readonly OrderTerm[];
}

/** What the ORDER BY of a block leaves open; `undefined` where rows that tie are alike in all that is selected. */
export function settledByOrder(
  { selected, sorted, on, distinct }: Outcome,
  block: Block,
): string | undefined {
  if (distinct.on.length > 0) {
    const settled = determine(block, sorted());
    return on().every(settled.hasTerm) ? undefined : 'it does not hold all of the DISTINCT ON';
  }
  // After DISTINCT, rows are told apart by what is selected and nothing else.
  const told = distinct.all ? { ...block, group: selected } : block;
  const settled = determine(told, sorted(), block.group);
  return selected().every(settled.hasTerm) ? undefined : settled.open;
}

export interface Distinct {
  readonly all: boolean;
  readonly on: readonly Node[];
  readonly place: number;
}

export function checkDistinctOn(
  { selected, sorted, on, distinct }: Outcome,
  block: Block,
  context: Context,
): void {
  const settled = determine(block, [...on(), ...sorted()]);
  if (settled.open === undefined || selected().every(settled.hasTerm)) return;
  const open = sorted().length === 0 ? 'there is no ORDER BY' : settled.open;
  context.faults.add(
    'NJ-CONFIG-SQL-ORDER',
    { found: 'DISTINCT ON', open },
    context.sql.atByte(distinct.place),
  );
}

/** Lists of output columns that tell the rows apart, as far as can be shown. */
export function keysOf(columns: readonly OutputColumn[] | undefined, outcome: Outcome, block: Block): Keys {
  const selected = outcome.selected();
  const distinct = outcome.distinct.all ? selected : outcome.on();
  if (columns === undefined || block.targets.some(givesSets)) return [];
  const nameOf = (term: OrderTerm): string | undefined =>
    columns[selected.findIndex((one) => one.text === term.text)]?.name;
  const named = (terms: readonly OrderTerm[]): Keys => {
    const names = terms.map(nameOf).filter((name) => name !== undefined);
    return names.length === terms.length ? [names] : [];
  };
  if (distinct.length > 0) return named(withoutNeedless(block, distinct));
  // Within its partition no number is given twice.
  const numbered = outcome.numbered().flatMap(({ index, partition }) => {
    const number = selected[index];
    return number === undefined ? [] : named([...partition, number]);
  });
  return [...numbered, ...ownKeys(selected, named, block)];
}

function ownKeys(
  selected: readonly OrderTerm[],
  named: (terms: readonly OrderTerm[]) => Keys,
  block: Block,
): Keys {
  if (block.groupingSets) return [];
  if (block.group !== undefined) return named(withoutNeedless(block, block.group()));
  const bare = selected.filter((term) => [...term.value.columns].some((id) => columnTerm(id) === term.text));
  return [bare, bare.toReversed()].flatMap((terms) => {
    const key = minimalKey(terms, block);
    return key === undefined ? [] : named(key);
  });
}

/** The terms without those that are not needed to settle a row; `undefined` where all of them do not. */
function minimalKey(terms: readonly OrderTerm[], block: Block): readonly OrderTerm[] | undefined {
  if (determine(block, terms).open !== undefined) return undefined;
  let kept = terms;
  for (const term of terms.toReversed()) {
    const rest = kept.filter((other) => other !== term);
    if (determine(block, rest).open === undefined) kept = rest;
  }
  return kept;
}

function givesSets(node: Node): boolean {
  if ('SubLink' in node) return false;
  if ('FuncCall' in node && setFunctions.has(textOf(node.FuncCall.funcname?.at(-1)) ?? '')) return true;
  return childNodes(node).some(givesSets);
}
