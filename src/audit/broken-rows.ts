import { generationSchemaName } from '../build/candidate.ts';
import { rawSchemaName, repairedColumn } from '../extract/raw-schema.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { HoldRequest } from './hold-request.ts';
import { anyBroken, brokenNames, rowChecks } from './row-checks.ts';

/** SQL for the keys of a dataset's broken rows, each once, with what it broke (`nightjar_rules`). */
export function brokenRowsSql(request: HoldRequest): string {
  const { scope, dataset, misfits, unreadable } = request;
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  const keys = identifierList(dataset.contract.key);
  const checks = rowChecks(dataset);
  const parts = [
    `select ${keys}, ${brokenNames(checks, quoteLiteral)} as nightjar_rules from ${table} where ${anyBroken(checks)}`,
    ...(misfits === undefined ? [] : [`select ${keys}, nightjar_rules from ${misfits}`]),
    ...unreadable.map((raw) => unreadableSql(request, raw)),
  ];
  // Each rule once, in order, however many parts name it.
  return (
    `select ${keys}, array(select distinct r from unnest(string_to_array(string_agg(array_to_string(nightjar_rules, ' '), ' '), ' ')) r order by r) as nightjar_rules ` +
    `from (${parts.join(' union all ')}) b group by ${keys}`
  );
}

/**
 * The rows that a SELECT makes of those of its driving table that have a cell which could not be held: the same SELECT, over
 * a table of that name with no other rows.
 */
function unreadableSql({ scope, dataset }: HoldRequest, raw: string): string {
  const source = qualified(rawSchemaName(scope.run), raw);
  return (
    `select ${identifierList(dataset.contract.key)}, array[${quoteLiteral(`readable:${raw}`)}] as nightjar_rules from (` +
    `with ${quoteIdentifier(raw)} as materialized (select * from ${source} where ${repairedColumn} like '%:out-of-range%') ` +
    `select * from (\n${dataset.sql}\n) s) u`
  );
}
