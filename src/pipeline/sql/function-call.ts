import type { FuncCall, Node } from 'libpg-query';
import { childNodes, placeOf, textsOf } from './ast.ts';
import { sortTerms, type Block, type Context } from './context.ts';
import { checkDateArguments } from './date-arguments.ts';
import { determine } from './determined.ts';
import {
  addsFloats,
  isAggregate,
  kindOfFunction,
  kindOfOrderedSet,
  orderedAggregates,
} from './function-kinds.ts';
import { orderTerm } from './order-term.ts';
import { refusalOf } from './refused-functions.ts';
import { computed, groupOfRows, union, type Value } from './value.ts';
import { checkWindow, frameEnds, windowParts } from './window.ts';

/** The three folds: what has gone through one says how it compares. */
const folds = new Set(['exact', 'fold_case', 'fold_mysql']);

/** Goes through a call: reports what may not be called, and what depends on the order of rows. */
export function inferCall(call: FuncCall, block: Block, context: Context): Value {
  const names = textsOf(call.funcname);
  const name = names.at(-1) ?? '';
  const place = call.location ?? 0;
  const [schema = ''] = names;
  // The grammar itself writes pg_catalog before what it makes calls of.
  if (names.length > 1 && schema !== 'pg_catalog' && schema !== 'nightjar') {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name, schema }, context.sql.atByte(place));
  }
  const given = (call.args ?? []).map((argument) => context.infer(argument, block, context));
  checkRefused(names.length > 1 ? schema : '', name, given, place, context);
  checkDateArguments(call, given, (node) => context.infer(node, block, context), context);
  const ordering = sortTerms(call.agg_order).flatMap((sort) => sort.node ?? []);
  const orderings = ordering.map((node) => context.infer(node, block, context));
  const filter = call.agg_filter === undefined ? [] : [context.infer(call.agg_filter, block, context)];
  const kindsGiven = given.map((value) => value.kind);
  if (addsFloats(name, kindsGiven))
    context.faults.add('NJ-CONFIG-SQL-FLOAT', { found: `${name}(…)` }, context.sql.atByte(place));
  if (call.over === undefined) {
    if (orderedAggregates.has(name))
      checkOrder(`${name}(…)`, call.args ?? [], ordering, place, block, context);
  } else {
    checkWindow(name, call.over, place, block, context);
  }
  const overParts =
    call.over === undefined
      ? []
      : [...windowParts(call.over, block), ...frameEnds(call.over)].map((node) =>
          context.infer(node, block, context),
        );
  const kind =
    call.agg_within_group === true
      ? kindOfOrderedSet(name, orderings[0]?.kind ?? 'unknown')
      : kindOfFunction(name, kindsGiven);
  const ownText = call.agg_within_group === true ? [...given, ...orderings] : given;
  const value = computed(kind, ownText);
  const made = computed('other', [...given, ...orderings, ...filter, ...overParts]).columns;
  const ofGroup = call.over === undefined && isAggregate(name);
  const columns = ofGroup ? union([made, new Set([groupOfRows])]) : made;
  if (!folds.has(name)) return { ...value, columns };
  const none: ReadonlySet<number> = new Set();
  return { ...value, columns, unfolded: none, folded: new Set([...value.unfolded, ...value.folded]) };
}

function checkRefused(
  schema: string,
  name: string,
  given: readonly Value[],
  place: number,
  context: Context,
): void {
  const position = context.sql.atByte(place);
  switch (refusalOf(schema, name, given.length)) {
    case 'clock':
      context.faults.add(
        'NJ-CONFIG-SQL-CLOCK',
        { found: name === 'age' ? 'age() with one argument' : `${name}()` },
        position,
      );
      break;
    case 'random':
      context.faults.add('NJ-CONFIG-SQL-RANDOM', { found: `${name}()` }, position);
      break;
    case 'server':
      context.faults.add('NJ-CONFIG-SQL-SERVER', { found: `${name}()` }, position);
      break;
    case 'text-date':
      context.faults.add('NJ-CONFIG-SQL-TEXT-DATE', { found: `what ${name}() reads` }, position);
      break;
    case undefined:
  }
}

/** `json_arrayagg(…)` and `json_objectagg(…)`, which the grammar knows by themselves. */
export function inferJsonAggregate(node: Node, block: Block, context: Context): Value {
  const values = childNodes(node).map((child) =>
    'SortBy' in child && child.SortBy.node !== undefined ? child.SortBy.node : child,
  );
  const inferred = values.map((child) => context.infer(child, block, context));
  const aggregate =
    'JsonArrayAgg' in node ? node.JsonArrayAgg : 'JsonObjectAgg' in node ? node.JsonObjectAgg : undefined;
  const ordering = sortTerms(aggregate?.constructor?.agg_order).flatMap((sort) => sort.node ?? []);
  const taken = values.filter((child) => !ordering.includes(child));
  const place = aggregate?.constructor?.location ?? placeOf(node);
  checkOrder(
    'JsonArrayAgg' in node ? 'json_arrayagg(…)' : 'json_objectagg(…)',
    taken,
    ordering,
    place,
    block,
    context,
  );
  const value = computed('other', inferred);
  return { ...value, columns: union([value.columns, new Set([groupOfRows])]) };
}

/** An aggregate shows the order of the rows of a group unless what it takes, or the row, is settled by its ORDER BY. */
function checkOrder(
  found: string,
  taken: readonly Node[],
  ordering: readonly Node[],
  place: number,
  block: Block,
  context: Context,
): void {
  block.deferred.push(() => {
    const terms = [...(block.group?.() ?? []), ...ordering.map((node) => orderTerm(node, block, context))];
    const settled = determine({ ...block, group: undefined, groupingSets: false }, terms);
    if (settled.open === undefined || taken.every((node) => settled.hasTerm(orderTerm(node, block, context))))
      return;
    const open = ordering.length === 0 ? 'it has no ORDER BY inside' : settled.open;
    context.faults.add('NJ-CONFIG-SQL-ORDER', { found, open }, context.sql.atByte(place));
  });
}
