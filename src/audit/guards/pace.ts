import { amount, grouped } from '../../error/amount.ts';
import type { GuardSetting, PaceTolerance } from '../../pipeline/guards.ts';
import { pacedBy } from '../../pipeline/paced-tables.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import { quoteLiteral } from '../../warehouse/identifier.ts';
import type { Session } from '../../warehouse/session.ts';
import { allowedRows, areAllowed, toleranceOf, type Nights } from '../allowance.ts';
import { judgementName, type Guard, type Judgement } from '../judgement.ts';
import { unreadable } from '../plain-judgements.ts';

/** Nights that tonight's are compared with, and the fewest of them that say something. */
const mostNights = 7;
const fewestNights = 3;
/** How many tables a sentence names. */
const named = 5;

export interface PaceRequest {
  readonly session: Session;
  readonly run: number;
  readonly datasets: readonly Dataset[];
  readonly nights: Nights;
}

/** A source table tonight, and what was usual: medians. */
interface TablePace {
  readonly table: string;
  readonly rows: number;
  readonly seconds: number;
  /** Those of the nights that it is compared with. */
  readonly runs: readonly number[];
  readonly usualRows: number;
  /** `null` where too few nights say how long it took. */
  readonly usualSeconds: number | null;
}

/**
 * Whether far fewer rows of a source table were read than on recent nights, or in far less time: a source that was not
 * what it is. Each table is judged once, by the setting of a dataset (`pacedBy`).
 */
export async function judgePaces(request: PaceRequest): Promise<readonly Judgement[]> {
  const paced = pacedBy(request.datasets);
  let paces: readonly TablePace[];
  try {
    paces = await readPaces(request, paced);
  } catch (error) {
    return [unreadable('pace', undefined, error)];
  }
  const compared = paces.filter(({ runs }) => runs.length >= fewestNights);
  const judgements = compared.flatMap((one) => {
    const dataset = paced.get(one.table);
    return dataset === undefined ? [] : [judgePace(one, dataset, request)];
  });
  const others = paces.filter((one) => !compared.includes(one)).map(({ table }) => table);
  return others.length === 0 ? judgements : [...judgements, incomparable(others)];
}

/**
 * Compared is with the latest nights that were published or gone back to since the last rollback, or since this judgement
 * was last approved, both included: what was usual before is not any more. Where a night had too few to be judged by, the approval
 * of the dataset's own loss counts as that of this one: nobody is asked twice about the same rows.
 */
async function readPaces(
  { session, run }: PaceRequest,
  paced: ReadonlyMap<string, Dataset>,
): Promise<readonly TablePace[]> {
  const names = (guard: Guard): readonly string[] =>
    [...paced].map(([table, { name: dataset }]) =>
      judgementName({ guard, dataset, subject: guard === 'pace' ? table : undefined }),
    );
  return session.query<TablePace>(
    'the look-up of recent nights',
    `select tonight.name as table, tonight.received as rows, coalesce(tonight.seconds, 0) as seconds, usual.*
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) paced (name, judgement, departures, empty)
       join nightjar.raw_table tonight on tonight.run = $1 and tonight.name = paced.name
      cross join lateral (
        select coalesce(array_agg(t.run::int), '{}') as runs, coalesce(percentile_cont(0.5) within group (order by t.received), 0) as "usualRows",
               case when count(t.seconds) >= ${fewestNights} then percentile_cont(0.5) within group (order by t.seconds) end as "usualSeconds"
          from (
            select t.run, t.received, t.seconds from nightjar.raw_table t
             where t.name = tonight.name and t.run in (
               select g.run from nightjar.journal j join nightjar.generation g on g.number = j.generation
                where j.kind in ('publish', 'rollback') and j.entry >= coalesce((
                  select max(b.entry) from nightjar.journal b
                   where b.kind = 'rollback' or b.kind = 'publish' and exists (
                     select from nightjar.decision d
                      where d.kind = 'approve' and d.generation = b.generation and (
                        d.judgement = paced.judgement
                        or d.judgement in (paced.departures, paced.empty) and not exists (
                          select from nightjar.judgement j
                           where j.generation = b.generation and j.name = paced.judgement)))), 0))
             order by t.run desc limit ${mostNights}) t) usual
      order by tonight.name`,
    [run, [...paced.keys()], names('pace'), names('departures'), names('empty')],
  );
}

function judgePace(pace: TablePace, { name, contract }: Dataset, { run, nights }: PaceRequest): Judgement {
  const { table, rows, seconds, runs, usualRows, usualSeconds } = pace;
  const setting: GuardSetting<PaceTolerance> = contract.guards.pace;
  const tolerance = toleranceOf(setting, nights.asOf);
  const usually = Math.round(usualRows);
  const found = Math.max(0, usually - rows);
  const allowed = allowedRows(setting, usually, nights);
  const less = Math.max(0, (usualSeconds ?? 0) - seconds);
  const mayBeLess = Math.max(tolerance.seconds, ((usualSeconds ?? 0) * tolerance.secondsPercent) / 100);
  // However few they were: of a table that was emptied a consumer would be told that all have left.
  const tooFew = found > allowed || (rows === 0 && usually > 0);
  const tooFast = less > mayBeLess;
  return {
    ...{ guard: 'pace', dataset: name, subject: table, found, allowed, sample: [] },
    verdict: tooFew || tooFast ? 'failed' : 'passed',
    sentence: [
      `${name}: of ${table} ${amount(rows, 'row')} ${rows === 1 ? 'was' : 'were'} read in ${inSeconds(seconds)};`,
      `the median of the latest ${runs.length} published nights is ${grouped(usually)}${usualSeconds === null ? '' : ` in ${inSeconds(usualSeconds)}`}.`,
      ...(tooFew ? [`${grouped(found)} fewer; ${areAllowed(allowed)}.`] : []),
      ...(tooFast ? [`${inSeconds(less)} less; ${inSeconds(mayBeLess)} are allowed.`] : []),
    ].join(' '),
    sql:
      `select run, received, seconds from nightjar.raw_table where name = ${quoteLiteral(table)} ` +
      `and run in (${[run, ...runs].join(', ')}) order by run desc`,
  };
}

function incomparable(tables: readonly string[]): Judgement {
  const more = tables.length - named;
  return {
    ...{ guard: 'pace', dataset: undefined, subject: undefined, verdict: 'noted', found: 0, allowed: 0 },
    sentence: `Of ${amount(tables.length, 'source table')} there are fewer than ${fewestNights} published nights to compare with: ${tables.slice(0, named).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}.`,
    ...{ sample: [], sql: undefined },
  };
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
