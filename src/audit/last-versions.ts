import { generationSchemaName } from '../build/candidate.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { ContractColumn } from '../pipeline/contract.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { widens } from '../pipeline/widening.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { formerColumn, type FormerKeyColumn } from './former-key.ts';
import type { GenerationDataset } from './generation-datasets.ts';
import { anyBroken, rowChecks } from './row-checks.ts';

export interface LastVersions {
  readonly dataset: Dataset;
  /** As it is published. */
  readonly before: GenerationDataset;
  readonly published: number;
  /** The published key, if it was another one. */
  readonly former: readonly FormerKeyColumn[];
  /** The table of the broken rows' keys. */
  readonly broken: string;
}

/**
 * SQL for the published versions of broken rows as today's contract would have them, by column name, and whether each may
 * stand in (`nightjar_outcome`): `held`; `unfit` where it breaks today's contract itself.
 */
export function lastVersionsSql({ dataset, before, former, broken, published }: LastVersions): string {
  const { key, columns } = dataset.contract;
  const types = new Map(before.columns.map((column) => [column.name, column.type]));
  const values = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    const value = key.includes(column.name)
      ? `k.${name}::${contractTypeSql(column.type)}`
      : valueSql(column, types);
    return `${value} as ${name}`;
  });
  const lost = columns.flatMap((column) => (key.includes(column.name) ? [] : lostSql(column, types)));
  const joined =
    former.length === 0
      ? key.map((name) => `b.${quoteIdentifier(name)} = k.${quoteIdentifier(name)}`)
      : // Of other types perhaps, which have no equality.
        former.map(
          ({ name }, place) => `to_jsonb(b.${quoteIdentifier(name)}) = to_jsonb(k.${formerColumn(place)})`,
        );
  const version =
    `select ${values.join(', ')}, ${lost.length === 0 ? 'false' : lost.join(' or ')} as nightjar_lost from ${broken} k ` +
    `join ${qualified(generationSchemaName(published), dataset.name)} b on ${joined.join(' and ')}`;
  return (
    `select ${quoteIdentifier(dataset.name)}.*, case when nightjar_lost or ${anyBroken(rowChecks(dataset))} then 'unfit' else 'held' end as nightjar_outcome ` +
    `from (${version}) ${quoteIdentifier(dataset.name)}`
  );
}

/** A column's published value; what the contract gives for it where there is none. */
function valueSql({ name, type, whenHeld }: ContractColumn, published: ReadonlyMap<string, string>): string {
  const sqlType = contractTypeSql(type);
  const given = whenHeld === undefined ? `null::${sqlType}` : `(${whenHeld})::${sqlType}`;
  if (!widens(published.get(name) ?? '', sqlType)) return given;
  const value = `b.${quoteIdentifier(name)}::${sqlType}`;
  return whenHeld === undefined ? value : `coalesce(${value}, ${given})`;
}

/** SQL that is true for a version whose value the column's new type may not hold, and for which nothing is given. */
function lostSql(
  { name, type, whenHeld }: ContractColumn,
  published: ReadonlyMap<string, string>,
): readonly string[] {
  const before = published.get(name);
  if (before === undefined || whenHeld !== undefined || widens(before, contractTypeSql(type))) return [];
  return [`b.${quoteIdentifier(name)} is not null`];
}
