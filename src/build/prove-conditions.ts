import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { departedName } from '../pipeline/check-guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import type { YamlPath } from '../pipeline/yaml-file.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import { warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import { refusalOf } from './refusal.ts';

const during = 'the proof of the conditions';

/** A piece of SQL of a contract, and where its names are looked up: `published` sees no raw table. */
interface Condition {
  /** As the contract has it: `rules.grown_up`. */
  readonly place: string;
  /** Where its text stands in the contract's file. */
  readonly path: YamlPath;
  /** The statement around it. */
  readonly before: string;
  readonly sql: string;
  readonly after: string;
  readonly sees: 'tonight' | 'published';
}

export interface ConditionScope {
  /** The dataset's place in the pipeline: names the views. */
  readonly ordinal: number;
  /** The search path of a build. */
  readonly tonight: string;
  /** A search path with the datasets alone. */
  readonly published: string;
}

/**
 * Asks the server whether it takes the conditions of a contract, over the views that stand for its tables; each stays as a
 * view of its own, so that the server knows which columns they use. In the transaction of `proveDatasets`.
 */
export async function proveConditions(
  session: Session,
  dataset: Dataset,
  paths: ConditionScope,
): Promise<readonly NightjarError[]> {
  const faults: NightjarError[] = [];
  for (const [index, { place, path, before, sql, after, sees }] of conditionsOf(dataset).entries()) {
    await session.query(during, "select set_config('search_path', $1, true)", [paths[sees]]);
    await session.query(during, 'savepoint before_condition');
    const begin = `create view ${quoteIdentifier(`nightjar_${paths.ordinal}_${index}`)} as ${before}`;
    try {
      await session.raw(begin + sql + after);
    } catch (error) {
      const refusal = refusalOf(error, begin, sql);
      if (refusal === undefined) throw warehouseFault(error, during);
      await session.query(during, 'rollback to savepoint before_condition');
      const { offset, ...said } = refusal;
      const position = dataset.inContract(path, offset ?? 0);
      faults.push(
        nightjarError('NJ-CONTRACT-CONDITION', { dataset: dataset.name, place, ...said }, position),
      );
    }
  }
  await session.query(during, "select set_config('search_path', $1, true)", [paths.tonight]);
  return faults;
}

function conditionsOf({ name, contract }: Dataset): readonly Condition[] {
  const { departures, keyWas, rules, coverage, office, changedAt } = contract;
  const from = ` from ${quoteIdentifier(name)}`;
  const over = (
    path: YamlPath,
    sql: string,
    alias = name,
    sees: Condition['sees'] = 'tonight',
  ): Condition => ({
    place: path.filter((step) => step !== 'sql').join('.'),
    path,
    before: `select count(*) as rows${from} as ${quoteIdentifier(alias)} where (`,
    sql,
    after: ')',
    sees,
  });
  const value = (path: YamlPath, sql: string, after: string): Condition => ({
    ...{ place: path.join('.'), path, before: 'select (', sql, after: after + from, sees: 'tonight' },
  });
  return [
    ...rules.map((rule) => over(['rules', rule.name, 'sql'], rule.sql)),
    ...contract.faults.map((fault) => over(['faults', fault.name, 'sql'], fault.sql)),
    ...(office === undefined ? [] : [value(['office'], office, ')::text as office')]),
    // Not cast: what gives no instant is refused here, not on the day on which it is needed.
    ...(changedAt === undefined
      ? []
      : [value(['changed_at'], changedAt, ") > timestamp '-infinity' as changed")]),
    ...departures.foretold.map((one) =>
      over(['departures', 'foretold', one.name, 'sql'], one.sql, departedName, 'published'),
    ),
    ...departures.evidence.map((one) =>
      over(['departures', 'evidence', one.name, 'sql'], one.sql, departedName),
    ),
    ...(departures.inSource === undefined
      ? []
      : [over(['departures', 'in_source'], departures.inSource, departedName)]),
    ...[...keyWas].map(([column, sql]) => value(['key_was', column], sql, ') as former')),
    ...coverage.map(({ name: one, of, where, by, on }): Condition => ({
      ...{ place: `coverage.${one}`, path: ['coverage', one, 'where'], sees: 'tonight' },
      before: `select count(*) as rows from ${quoteIdentifier(of)} a where (`,
      sql: where ?? 'true',
      after:
        `) and exists (select from ${quoteIdentifier(by)} b where ` +
        `${[...on].map(([left, right]) => `b.${quoteIdentifier(right)} = a.${quoteIdentifier(left)}`).join(' and ')})`,
    })),
  ];
}
