import type { Node, TypeName } from 'libpg-query';
import { childNodes, placeOf, textsOf } from './ast.ts';
import { plainBlock } from './context.ts';
import type { Place } from './from-item.ts';
import { kindOfTypeName } from './kind.ts';
import { now } from './later.ts';
import { relationOf, type OutputColumn, type Relation } from './relation.ts';
import { readsDates, reportTextDate } from './text-date.ts';

/** JSON_TABLE and XMLTABLE. Whether a text in the document is folded cannot be said, nor what tells their rows apart. */
export function readDocumentTable(
  node: Extract<Node, { JsonTable: unknown } | { RangeTableFunc: unknown }>,
  { lateral, commonTables, context }: Place,
): Relation {
  const block = plainBlock(lateral, commonTables);
  for (const child of childNodes(node)) context.infer(child, block, context);
  const { alias, columns } = 'JsonTable' in node ? node.JsonTable : node.RangeTableFunc;
  const given = (columns ?? []).flatMap(columnsOf);
  for (const { type, place } of given)
    if (readsDates(type, context)) reportTextDate('a column of a document', place, context);
  const output = {
    columns: given.map(({ name, type, place }): OutputColumn => {
      const kind = type === undefined ? 'integer' : kindOfTypeName(type);
      return { name, kind, unfolded: kind === 'text', folded: false, origins: new Set(), place };
    }),
    keys: now([]),
  };
  return relationOf(context.nextRelation(), alias?.aliasname ?? '', output, textsOf(alias?.colnames));
}

interface DocumentColumn {
  readonly name: string;
  /** None for a number of the row. */
  readonly type: TypeName | undefined;
  readonly place: number;
}

/** The columns of a NESTED PATH stand among the others. */
function columnsOf(node: Node): readonly DocumentColumn[] {
  const place = placeOf(node);
  if ('RangeTableFuncCol' in node)
    return [{ name: node.RangeTableFuncCol.colname ?? '', type: node.RangeTableFuncCol.typeName, place }];
  if (!('JsonTableColumn' in node)) return [];
  const { coltype, name = '', typeName, columns } = node.JsonTableColumn;
  return coltype === 'JTC_NESTED' ? (columns ?? []).flatMap(columnsOf) : [{ name, type: typeName, place }];
}
