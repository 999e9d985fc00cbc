import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { departedName } from '../pipeline/check-guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';

const during = 'the proof of the conditions';

/** A piece of SQL of a contract, and where its names are looked up: `published` sees no raw table. */
interface Condition {
  /** As the contract has it: `rules.grown_up`. */
  readonly place: string;
  readonly select: string;
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
  for (const [index, { place, select, sees }] of conditionsOf(dataset).entries()) {
    await session.query(during, "select set_config('search_path', $1, true)", [paths[sees]]);
    await session.query(during, 'savepoint before_condition');
    try {
      await session.raw(`create view ${quoteIdentifier(`nightjar_${paths.ordinal}_${index}`)} as ${select}`);
    } catch (error) {
      const sqlstate = sqlstateOf(error);
      if (sqlstate === undefined) throw warehouseFault(error, during);
      await session.query(during, 'rollback to savepoint before_condition');
      faults.push(nightjarError('NJ-CONTRACT-CONDITION', { dataset: dataset.name, place, sqlstate }));
    }
  }
  await session.query(during, "select set_config('search_path', $1, true)", [paths.tonight]);
  return faults;
}

function conditionsOf({ name, contract }: Dataset): readonly Condition[] {
  const { departures, keyWas, rules, coverage } = contract;
  const over = (sql: string, alias: string): string =>
    `select count(*) as rows from ${quoteIdentifier(name)} as ${quoteIdentifier(alias)} where (${sql})`;
  return [
    ...rules.map((rule): Condition => ({
      place: `rules.${rule.name}`,
      select: over(rule.sql, name),
      sees: 'tonight',
    })),
    ...contract.faults.map((fault): Condition => ({
      ...{ place: `faults.${fault.name}`, select: over(fault.sql, name), sees: 'tonight' },
    })),
    ...(contract.office === undefined
      ? []
      : [
          {
            place: 'office',
            select: `select (${contract.office})::text as office from ${quoteIdentifier(name)}`,
            sees: 'tonight' as const,
          },
        ]),
    ...(contract.changedAt === undefined
      ? []
      : [
          {
            place: 'changed_at',
            // Not cast: what gives no instant is refused here, not on the day on which it is needed.
            select: `select (${contract.changedAt}) > timestamp '-infinity' as changed from ${quoteIdentifier(name)}`,
            sees: 'tonight' as const,
          },
        ]),
    ...departures.foretold.map((one): Condition => ({
      ...{ place: `departures.foretold.${one.name}`, select: over(one.sql, departedName), sees: 'published' },
    })),
    ...departures.evidence.map((one): Condition => ({
      ...{ place: `departures.evidence.${one.name}`, select: over(one.sql, departedName), sees: 'tonight' },
    })),
    ...(departures.inSource === undefined
      ? []
      : [
          {
            place: 'departures.in_source',
            select: over(departures.inSource, departedName),
            sees: 'tonight' as const,
          },
        ]),
    ...[...keyWas].map(([column, sql]): Condition => ({
      place: `key_was.${column}`,
      select: `select (${sql}) as former from ${quoteIdentifier(name)}`,
      sees: 'tonight',
    })),
    ...coverage.map(({ name: one, of, where, by, on }): Condition => ({
      place: `coverage.${one}`,
      select:
        `select count(*) as rows from ${quoteIdentifier(of)} a where ${where === undefined ? 'true' : `(${where})`} ` +
        `and exists (select from ${quoteIdentifier(by)} b where ` +
        `${[...on].map(([left, right]) => `b.${quoteIdentifier(right)} = a.${quoteIdentifier(left)}`).join(' and ')})`,
      sees: 'tonight',
    })),
  ];
}
