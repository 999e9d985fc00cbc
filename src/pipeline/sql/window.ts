import type { Node, WindowDef } from 'libpg-query';
import { sortTerms, type Block, type Context, type OrderTerm } from './context.ts';
import { determine } from './determined.ts';
import { numberingFunctions, orderedAggregates } from './function-kinds.ts';
import { orderTerm } from './order-term.ts';

/** Bits of `frameOptions`: how PostgreSQL's parser writes ROWS, UNBOUNDED PRECEDING and UNBOUNDED FOLLOWING. */
const frame = { rows: 0x4, fromStart: 0x20, toEnd: 0x100 };

/** Reports a window function that tells rows apart which its ORDER BY leaves tied. */
export function checkWindow(
  name: string,
  over: WindowDef,
  place: number,
  block: Block,
  context: Context,
): void {
  const options =
    over.name === undefined
      ? over.frameOptions
      : (block.windows.get(over.name)?.frameOptions ?? over.frameOptions);
  const bits = options ?? 0;
  // Rows that tie share a frame unless it counts rows.
  const countsRows =
    (bits & frame.rows) !== 0 && !((bits & frame.fromStart) !== 0 && (bits & frame.toEnd) !== 0);
  if (!numberingFunctions.has(name) && !orderedAggregates.has(name) && !countsRows) return;
  block.deferred.push(() => {
    const terms = windowParts(over, block).map((node): OrderTerm => orderTerm(node, block, context));
    const settled = determine(block, terms);
    if (settled.open === undefined) return;
    // Rows that are alike in all that is selected may change places.
    if (block.targets.every((target) => settled.hasTerm(orderTerm(target, block, context)))) return;
    context.faults.add(
      'NJ-CONFIG-SQL-ORDER',
      { found: `${name}(…) over (…)`, open: settled.open },
      context.sql.atByte(place),
    );
  });
}

/** PARTITION BY and ORDER BY of a window and of the named ones it builds on. */
export function windowParts(over: WindowDef, block: Block): readonly Node[] {
  const base = baseOf(over, block);
  const inherited = base === undefined ? [] : windowParts(base, block);
  const ordering = sortTerms(over.orderClause).flatMap((sort) => sort.node ?? []);
  return [...inherited, ...(over.partitionClause ?? []), ...ordering];
}

/** From how many rows before to how many after: `rows between 1 preceding and 2 following`. */
export function frameEnds({ startOffset, endOffset }: WindowDef): readonly Node[] {
  return [startOffset, endOffset].filter((node) => node !== undefined);
}

/** PARTITION BY of a window, or of the named one it builds on. */
export function partitionOf(over: WindowDef, block: Block): readonly Node[] {
  const base = baseOf(over, block);
  return over.partitionClause ?? (base === undefined ? [] : partitionOf(base, block));
}

/** `over w` has the name of a window, `over (w …)` and `window v as (w …)` build on one; the latter has a name too. */
function baseOf(over: WindowDef, block: Block): WindowDef | undefined {
  const named = block.windows.get(over.name ?? '');
  return named === undefined || named === over ? block.windows.get(over.refname ?? '') : named;
}
