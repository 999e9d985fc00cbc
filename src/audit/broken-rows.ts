import { generationSchemaName } from '../build/candidate.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { formerColumn, withFormerKey, type FormerKeyColumn } from './former-key.ts';
import type { HoldRequest } from './hold-request.ts';
import { anyBroken, brokenNames, rowChecks } from './row-checks.ts';
import type { StruckOut } from './struck-out.ts';
import { unreadableRowsSql } from './unreadable-rows.ts';

/**
 * SQL for the keys of a dataset's broken rows, each once, with what it broke (`nightjar_rules`).
 *
 * @param former the published key, if it was another one: its values are given too.
 * @param struckOut such a row is in none of the request's tables any more, and is not looked for again.
 */
export function brokenRowsSql(
  request: HoldRequest,
  former: readonly FormerKeyColumn[],
  struckOut: StruckOut,
): string {
  const { scope, dataset, misfits, unreadable } = request;
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  const keys = identifierList(dataset.contract.key);
  const checks = rowChecks(dataset);
  const was = former.map((_, place) => formerColumn(place));
  const all = [keys, ...was].join(', ');
  const row = quoteIdentifier(dataset.name);
  const kept = struckOut.sql === undefined ? '' : ` where not ${struckOut.sql}`;
  const parts = [
    `select ${all}, ${brokenNames(checks, quoteLiteral)} as nightjar_rules from ${withFormerKey(dataset.name, table, former, row)} where ${anyBroken(checks)}`,
    ...(misfits === undefined
      ? []
      : [`select ${all}, nightjar_rules from ${misfitsSql(request, misfits, former)}`]),
    ...unreadable.map(
      (raw) =>
        `select ${all}, array[${quoteLiteral(`readable:${raw.name}`)}] as nightjar_rules from ${withFormerKey(dataset.name, `(${unreadableRowsSql(scope.run, dataset, raw)})`, former, row)}${kept}`,
    ),
  ];
  const one = was.map((column) => `, (array_agg(${column}))[1] as ${column}`).join('');
  // Each rule once, in order, however many parts name it.
  return (
    `select ${keys}${one}, array(select distinct r from unnest(string_to_array(string_agg(array_to_string(nightjar_rules, ' '), ' '), ' ')) r order by r) as nightjar_rules ` +
    `from (${parts.join(' union all ')}) b group by ${keys}`
  );
}

/** What does not fit is in no table but that of its keys: where the former key is asked for, the SELECT is run once more. */
function misfitsSql({ dataset }: HoldRequest, misfits: string, former: readonly FormerKeyColumn[]): string {
  if (former.length === 0) return misfits;
  return `${misfits} m join ${withFormerKey(dataset.name, `(\n${dataset.sql}\n)`, former, 's')} using (${identifierList(dataset.contract.key)})`;
}
