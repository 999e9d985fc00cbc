import type { ColumnRef } from 'libpg-query';
import { nearestName } from '../nearest-name.ts';
import { textsOf } from './ast.ts';
import type { Context } from './context.ts';
import type { Column, Relation, Scope } from './relation.ts';
import { computed, constant, type Value } from './value.ts';

/** What a column reference means: a column, a whole row, or nothing that can be known. */
export type Resolved = { readonly column: Column } | { readonly row: Relation } | undefined;

/** Resolves a reference by PostgreSQL's rules: nearest query first, and there never more than one column. */
export function resolveColumn(reference: ColumnRef, scope: Scope, context: Context): Resolved {
  const names = textsOf(reference.fields);
  const isStar = names.length < (reference.fields?.length ?? 0);
  const [first = '', second, third] = names;
  const place = context.sql.atByte(reference.location ?? 0);
  if (third !== undefined || (second !== undefined && isStar)) {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name: names.slice(1).join('.'), schema: first }, place);
    return undefined;
  }
  if (isStar || second !== undefined) {
    const found = findRelation(first, scope);
    if (found === undefined) {
      const nearest = nearestName(first, aliasesOf(scope));
      context.faults.add('NJ-CONFIG-SQL-ALIAS', { name: first, nearest }, place);
      return undefined;
    }
    const { relation, level } = found;
    if (second === undefined) return wholeRow(relation, level);
    if (relation.columns === undefined) return undefined;
    const column = relation.columns.find((candidate) => candidate.name === second);
    if (column !== undefined) return oneColumn(column, level);
    const nearest = nearestName(
      second,
      relation.columns.map((candidate) => candidate.name),
    );
    context.faults.add('NJ-CONFIG-SQL-COLUMN', { name: second, place: `"${first}"`, nearest }, place);
    return undefined;
  }
  return resolveBare(first, scope, context, reference.location ?? 0);
}

function resolveBare(name: string, scope: Scope, context: Context, location: number): Resolved {
  for (let level: Scope | undefined = scope; level !== undefined; level = level.outer) {
    const merged = level.merged.get(name);
    if (merged !== undefined) return oneColumn(merged, level);
    const owners = level.relations.filter(
      (relation) => relation.columns?.some((column) => column.name === name) === true,
    );
    const [owner, another] = owners;
    if (owner !== undefined && another !== undefined) {
      const details = { name, places: owners.map((relation) => `"${relation.alias}"`) };
      context.faults.add('NJ-CONFIG-SQL-AMBIGUOUS', details, context.sql.atByte(location));
      return undefined;
    }
    const column = owner?.columns?.find((candidate) => candidate.name === name);
    if (column !== undefined) return oneColumn(column, level);
    if (level.relations.some((relation) => relation.columns === undefined)) return undefined;
    const row = level.relations.find((relation) => relation.alias === name);
    if (row !== undefined) return wholeRow(row, level);
  }
  const aliases = scope.relations.map((relation) => `"${relation.alias}"`);
  const place = aliases.length === 0 ? 'a SELECT without FROM' : aliases.join(', ');
  context.faults.add(
    'NJ-CONFIG-SQL-COLUMN',
    { name, place, nearest: nearestName(name, columnsOf(scope)) },
    context.sql.atByte(location),
  );
  return undefined;
}

/** What is known of the value of a reference. */
export function valueOfReference(resolved: Resolved): Value {
  if (resolved === undefined) return constant('unknown');
  if ('row' in resolved) {
    return computed(
      'row',
      (resolved.row.columns ?? []).map((column) => valueOfReference({ column })),
    );
  }
  const { id, kind, unfolded, folded, origins } = resolved.column;
  const relation = new Set([Number.parseInt(id, 10)]);
  const none: ReadonlySet<number> = new Set();
  return {
    kind,
    columns: new Set([id]),
    origins,
    unfolded: unfolded ? relation : none,
    folded: folded ? relation : none,
    literal: undefined,
  };
}

function oneColumn(column: Column, level: Scope): Resolved {
  level.used?.add(column.id);
  return { column };
}

function wholeRow(row: Relation, level: Scope): Resolved {
  const [only] = row.columns ?? [];
  if (row.isItsColumn === true && only !== undefined) return oneColumn(only, level);
  for (const column of row.columns ?? []) level.used?.add(column.id);
  return { row };
}

function findRelation(alias: string, scope: Scope): { relation: Relation; level: Scope } | undefined {
  for (let level: Scope | undefined = scope; level !== undefined; level = level.outer) {
    const relation = level.relations.find((candidate) => candidate.alias === alias);
    if (relation !== undefined) return { relation, level };
  }
  return undefined;
}

function aliasesOf(scope: Scope): readonly string[] {
  const outer = scope.outer === undefined ? [] : aliasesOf(scope.outer);
  return [...scope.relations.map((relation) => relation.alias), ...outer];
}

function columnsOf(scope: Scope): readonly string[] {
  const outer = scope.outer === undefined ? [] : columnsOf(scope.outer);
  return [
    ...scope.relations.flatMap((relation) => (relation.columns ?? []).map((column) => column.name)),
    ...outer,
  ];
}
