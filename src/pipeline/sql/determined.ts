import type { Block, OrderTerm } from './context.ts';
import { columnTerm } from './order-term.ts';
import type { Fact, Relation } from './relation.ts';
import { groupOfRows, type Value } from './value.ts';

/** What is settled in a block once some of its expressions are. */
export interface Determined {
  readonly hasColumn: (id: string) => boolean;
  readonly hasTerm: (term: OrderTerm) => boolean;
  /** Whether all that a value is computed from is settled. */
  readonly hasValue: (value: Value) => boolean;
  /** What still can differ between two rows that agree; `undefined` where a row is settled. */
  readonly open: string | undefined;
}

type Ground = Pick<Block, 'relations' | 'facts' | 'scope' | 'group' | 'groupingSets'>;

/**
 * What follows from `terms` by keys and equalities: a key settles its whole row, and `a.x = b.y` settles one by the
 * other. Columns of queries around the block are settled: they are the same for all of its rows.
 *
 * @param grouped the GROUP BY, which settles what aggregates give; that of the block unless said.
 */
export function determine(
  block: Ground,
  terms: readonly OrderTerm[],
  grouped: Block['group'] = block.group,
): Determined {
  const texts = new Set(terms.map((term) => term.text));
  const settled = new Set<string>();
  const own = new Set(
    block.relations.flatMap((relation) => (relation.columns ?? []).map((column) => column.id)),
  );
  for (const column of block.scope.merged.values()) own.add(column.id);
  own.add(groupOfRows);
  const hasColumn = (id: string): boolean => settled.has(id) || texts.has(columnTerm(id)) || !own.has(id);
  const open = new Set(block.relations);
  const settleMore = (): boolean => {
    const before = settled.size + block.relations.length - open.size;
    for (const fact of block.facts()) if (follows(fact, hasColumn, texts)) settled.add(fact.column);
    for (const relation of open) {
      if (!isSettled(relation, hasColumn)) continue;
      open.delete(relation);
      for (const column of relation.columns ?? []) settled.add(column.id);
    }
    return settled.size + block.relations.length - open.size > before;
  };
  while (settleMore());
  const hasValue = (value: Value): boolean => [...value.columns].every(hasColumn);
  const hasTerm = (term: OrderTerm): boolean => texts.has(term.text) || hasValue(term.value);
  if (grouped !== undefined && !block.groupingSets && grouped().every(hasTerm)) settled.add(groupOfRows);
  return { hasColumn, hasValue, hasTerm, open: whatIsOpen(block, open, hasTerm) };
}

function follows(fact: Fact, hasColumn: (id: string) => boolean, texts: ReadonlySet<string>): boolean {
  return typeof fact.by === 'string' ? texts.has(fact.by) : [...fact.by].every(hasColumn);
}

/** A relation of which the columns are not known is taken as settled: nothing is concluded from it. */
function isSettled(relation: Relation, hasColumn: (id: string) => boolean): boolean {
  return relation.columns === undefined || relation.keys().some((key) => key.every(hasColumn));
}

function whatIsOpen(
  block: Ground,
  open: ReadonlySet<Relation>,
  hasTerm: (term: OrderTerm) => boolean,
): string | undefined {
  if (block.groupingSets) return 'a row of one grouping may tie with a row of another';
  if (block.group !== undefined) {
    return block.group().every(hasTerm)
      ? undefined
      : 'two groups may tie: it does not hold all of the GROUP BY';
  }
  const [relation] = open;
  if (relation === undefined) return undefined;
  const [key] = relation.keys();
  if (key === undefined) return `two rows of "${relation.alias}", which has no key, may tie`;
  const names = key.map((id) => id.slice(id.indexOf('.') + 1)).join(', ');
  return `two rows of "${relation.alias}" may tie: its key is ${names}`;
}

/** Drops what follows from the rest: `terms` with nothing in it that is not needed to settle as much. */
export function withoutNeedless(block: Ground, terms: readonly OrderTerm[]): readonly OrderTerm[] {
  let kept = terms;
  for (const term of terms.toReversed()) {
    const rest = kept.filter((other) => other !== term);
    if (determine({ ...block, group: undefined }, rest, block.group).hasTerm(term)) kept = rest;
  }
  return kept;
}
