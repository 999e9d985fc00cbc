import { generationSchemaName } from '../build/candidate.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { ContractColumn } from '../pipeline/contract.ts';
import type { Reference } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { widens } from '../pipeline/widening.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { GenerationDataset } from './generation-datasets.ts';
import { anyBroken, rowChecks } from './row-checks.ts';

export interface LastVersions {
  readonly dataset: Dataset;
  /** As it is published. */
  readonly before: GenerationDataset;
  readonly published: {
    readonly generation: number;
    readonly datasets: ReadonlyMap<string, GenerationDataset>;
  };
  /** The table of the broken rows' keys. */
  readonly broken: string;
  readonly candidate: number;
  /** Datasets of the candidate that are built. */
  readonly built: ReadonlySet<string>;
}

/**
 * SQL for the published versions of broken rows as today's contract would have them, by column name, and whether each may
 * stand in (`nightjar_outcome`): `held`; `unfit` where it breaks today's contract itself; `departed` where what it refers to
 * has left, so that the row has to leave too.
 */
export function lastVersionsSql(of: LastVersions): string {
  const { dataset, before, broken, published } = of;
  const { key, columns } = dataset.contract;
  const types = new Map(before.columns.map((column) => [column.name, column.type]));
  const values = columns.map((column) => `${valueSql(column, types)} as ${quoteIdentifier(column.name)}`);
  const lost = columns.flatMap((column) => lostSql(column, types));
  const joined = key.map((name) => `b.${quoteIdentifier(name)} = k.${quoteIdentifier(name)}`).join(' and ');
  const version =
    `select ${values.join(', ')}, ${lost.length === 0 ? 'false' : lost.join(' or ')} as nightjar_lost from ${broken} k ` +
    `join ${qualified(generationSchemaName(published.generation), dataset.name)} b on ${joined}`;
  const parents = dataset.contract.references.flatMap((reference) => parentLeft(of, reference));
  return (
    `select ${quoteIdentifier(dataset.name)}.*, case when nightjar_lost or ${anyBroken(rowChecks(dataset))} then 'unfit' ` +
    `${parents.map((left) => `when ${left} then 'departed' `).join('')}else 'held' end as nightjar_outcome ` +
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

/** SQL that is true for a version whose parent is published and not in the candidate; nothing where that cannot be told yet. */
function parentLeft(of: LastVersions, { columns, dataset }: Reference): readonly string[] {
  const parent = of.published.datasets.get(dataset);
  if (parent === undefined || !of.built.has(dataset) || parent.key.length !== columns.length) return [];
  const table = quoteIdentifier(of.dataset.name);
  const there = (generation: number): string =>
    `exists (select from ${qualified(generationSchemaName(generation), dataset)} p where ` +
    `${parent.key.map((name, index) => `p.${quoteIdentifier(name)} = ${table}.${quoteIdentifier(columns[index] ?? '')}`).join(' and ')})`;
  return [`${there(of.published.generation)} and not ${there(of.candidate)}`];
}
