import { generationColumn, generationSchemaName } from '../build/candidate.ts';
import { workTable } from '../build/work-table.ts';
import { crashPoint } from '../error/crash-point.ts';
import type { NightjarError } from '../error/nightjar-error.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { brokenRowsSql } from './broken-rows.ts';
import { formerColumn, formerKey, type FormerKeyColumn } from './former-key.ts';
import type { HoldRequest } from './hold-request.ts';
import { lastVersionsSql } from './last-versions.ts';
import { leaveWithParents } from './leave-with-parents.ts';
import { repeatedKeys } from './measure.ts';
import type { StruckOut } from './struck-out.ts';

export interface HeldRows {
  /** Keys for which the last good version stands in. */
  readonly held: number;
  /** Keys that are not in the candidate. */
  readonly leftOut: number;
}

/**
 * Takes the rows of a dataset that break its contract out of the candidate, puts their last good versions in their place, and
 * writes both down (`nightjar.held_row`). Before anything that depends on the dataset is built.
 *
 * @returns the faults instead where several rows have one of these keys.
 */
export async function holdRows(
  request: HoldRequest,
  struckOut: StruckOut,
): Promise<{ readonly rows: HeldRows; readonly faults: readonly NightjarError[] }> {
  const { session, scope, dataset, ordinal, published } = request;
  const during = `the holding of rows of dataset ${dataset.name}`;
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  const { key, columns } = dataset.contract;
  const broken = workTable(scope.run, 'broken', ordinal);
  const before = published?.datasets.get(dataset.name);
  const known = before === undefined ? undefined : formerKey(dataset, before);
  const former = known === undefined || known.isUnchanged ? [] : known.columns;
  const select = brokenRowsSql(request, former, struckOut);
  await session.query(during, `create unlogged table ${broken} as ${select}`);
  crashPoint('hold.broken-listed');
  const joined = key.map((name) => `t.${quoteIdentifier(name)} = k.${quoteIdentifier(name)}`).join(' and ');
  const keysOf = (alias: string): string => key.map((name) => `${alias}.${quoteIdentifier(name)}`).join(', ');
  // A row that does not fit is not in the table, and may still share its key with one that is.
  const misfitKeys =
    request.misfits === undefined ? '' : ` union all select ${keysOf('m')} from ${request.misfits} m`;
  const faults = await repeatedKeys(session, dataset, {
    from: `(select ${keysOf('t')} from ${table} t join ${broken} k on ${joined}${misfitKeys}) r`,
  });
  if (faults.length > 0) return { rows: { held: 0, leftOut: 0 }, faults };
  await session.query(during, `delete from ${table} t using ${broken} k where ${joined}`);
  crashPoint('hold.broken-gone');

  const versions = workTable(scope.run, 'held', ordinal);
  if (published !== undefined && before !== undefined && known !== undefined) {
    const of = { dataset, before, former, published: published.generation, broken };
    await session.query(during, `create unlogged table ${versions} as ${lastVersionsSql(of)}`);
    const names = identifierList(columns.map((column) => column.name));
    await session.query(
      during,
      `insert into ${table} (${generationColumn}, ${names})
       select ${scope.generation}, ${names} from ${versions} where nightjar_outcome = 'held'`,
    );
    crashPoint('hold.versions-there');
    await leaveWithParents(request);
  } else {
    // Of what is published under another key nobody can say which row is the last version: that is for a person.
    const unfound = before === undefined ? 'left out' : 'unfit';
    await session.query(
      during,
      `create unlogged table ${versions} as select ${keysOf('k')}, ${quoteLiteral(unfound)}::text as nightjar_outcome from ${broken} k`,
    );
  }
  const rows = await record(request, { broken, versions, former });
  crashPoint('hold.recorded');
  return { rows, faults: [] };
}

interface Listed {
  readonly broken: string;
  readonly versions: string;
  readonly former: readonly FormerKeyColumn[];
}

async function record(request: HoldRequest, { broken, versions, former }: Listed): Promise<HeldRows> {
  const { session, scope, dataset, published } = request;
  const { key } = dataset.contract;
  const joined = key.map((name) => `v.${quoteIdentifier(name)} = k.${quoteIdentifier(name)}`).join(' and ');
  const keyJson = key.map((name) => `${quoteLiteral(name)}, k.${quoteIdentifier(name)}`).join(', ');
  const formerJson = former.map(({ name }, place) => `${quoteLiteral(name)}, k.${formerColumn(place)}`);
  const keyBefore = former.length === 0 ? keyJson : formerJson.join(', ');
  const { held, leftOut } = await session.one<{ held: number; leftOut: number }>(
    `the record of held rows of dataset ${dataset.name}`,
    `with told as (
       insert into nightjar.held_row (generation, dataset, key, rules, since, outcome)
       select $1, $2, jsonb_build_object(${keyJson}), k.nightjar_rules,
              coalesce((select h.since from nightjar.held_row h
                         where h.generation = $3 and h.dataset = $2 and h.key = jsonb_build_object(${keyBefore})), $4::date),
              coalesce(v.nightjar_outcome, 'left out')
         from ${broken} k left join ${versions} v on ${joined}
       returning outcome
     )
     select count(*) filter (where outcome = 'held') as held,
            count(*) filter (where outcome <> 'held') as "leftOut" from told`,
    [scope.generation, dataset.name, published?.generation ?? null, scope.asOf],
  );
  return { held, leftOut };
}
