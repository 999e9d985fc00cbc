import type { CommonTableExpr, WithClause } from 'libpg-query';
import { textsOf } from './ast.ts';
import { plainBlock, type CommonTables, type Context, type Surroundings } from './context.ts';
import type { Kind } from './kind.ts';
import { later, now } from './later.ts';
import { plainKeys, unknownOutput, type Output, type OutputColumn } from './relation.ts';
import { statementName } from './select-statement.ts';

/** Goes through a WITH and adds its tables to those in sight; each sees those before it, a recursive one itself. */
export function bindCommonTables(
  clause: WithClause | undefined,
  surroundings: Surroundings,
  context: Context,
): CommonTables | undefined {
  let bound = surroundings.commonTables;
  for (const node of clause?.ctes ?? []) {
    if (!('CommonTableExpr' in node)) continue;
    const { CommonTableExpr: table } = node;
    const name = table.ctename ?? '';
    const output = readCommonTable(
      table,
      clause?.recursive === true,
      { ...surroundings, commonTables: bound },
      context,
    );
    bound = { name, output: renamed(output, textsOf(table.aliascolnames)), next: bound };
  }
  return bound;
}

function readCommonTable(
  table: CommonTableExpr,
  recursive: boolean,
  surroundings: Surroundings,
  context: Context,
): Output {
  const query = table.ctequery;
  if (query === undefined) return unknownOutput;
  if (!('SelectStmt' in query)) {
    const details = { expected: 'a SELECT', found: statementName(query) };
    context.faults.add('NJ-CONFIG-SQL-STATEMENT', details, context.sql.atByte(table.location ?? 0));
    return unknownOutput;
  }
  const statement = query.SelectStmt;
  const inside: Surroundings = { ...surroundings, use: 'rows' };
  const start = statement.larg;
  if (!recursive || start === undefined) return context.select(statement, inside, context);
  // To itself a recursive table is what its first part gives, of which there may be any number.
  const within = bindCommonTables(statement.withClause, inside, context);
  const first = context.select(start, { ...inside, commonTables: within }, context);
  const output = { columns: renamed(first, textsOf(table.aliascolnames)).columns, keys: now([]) };
  const whole = context.select(
    statement,
    { ...inside, commonTables: { name: table.ctename ?? '', output, next: inside.commonTables } },
    context,
  );
  const added = addedColumns(table, surroundings, context);
  return { columns: whole.columns === undefined ? undefined : [...whole.columns, ...added], keys: now([]) };
}

/** The columns that SEARCH and CYCLE add behind those of the query. */
function addedColumns(
  { search_clause: search, cycle_clause: cycle }: CommonTableExpr,
  { outer }: Surroundings,
  context: Context,
): readonly OutputColumn[] {
  const column = (name: string | undefined, kind: Kind): readonly OutputColumn[] =>
    name === undefined ? [] : [{ name, kind, unfolded: false, folded: false, origins: new Set(), place: 0 }];
  const block = plainBlock({ relations: [], merged: new Map(), outer }, undefined);
  const marks = [cycle?.cycle_mark_value, cycle?.cycle_mark_default].flatMap((node) => node ?? []);
  const [mark] = marks.map((node) => context.infer(node, block, context));
  return [
    ...column(search?.search_seq_column, 'other'),
    ...column(cycle?.cycle_mark_column, mark?.literal === undefined ? (mark?.kind ?? 'unknown') : 'text'),
    ...column(cycle?.cycle_path_column, 'other'),
  ];
}

function renamed(output: Output, names: readonly string[]): Output {
  if (names.length === 0) return output;
  const given = new Map<string, string>();
  const columns = output.columns?.map((column, index) => {
    const name = names[index] ?? column.name;
    given.set(column.name, name);
    return { ...column, name };
  });
  return {
    columns,
    keys: later(() => plainKeys(output).map((key) => key.map((name) => given.get(name) ?? name))),
  };
}
