import type { Contract } from '../pipeline/contract.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';

/** The schema of a generation's tables. */
export function generationSchemaName(generation: number): string {
  return `generation_${generation}`;
}

/** Every published table has this column first; it is what the store is partitioned by. Consumers do not see it. */
export const generationColumn = 'generation';

/**
 * The columns of a dataset's table as they stand in CREATE TABLE, with the generation first. Presence is the audit's
 * matter: a NOT NULL here would bind every later generation that has the same columns.
 */
export function tableColumnsSql(contract: Pick<Contract, 'columns'>): string {
  const columns = contract.columns.map(
    (column) => `${quoteIdentifier(column.name)} ${contractTypeSql(column.type)}`,
  );
  return [`${generationColumn} bigint not null`, ...columns].join(', ');
}

/**
 * The table that a dataset is built into. Its CHECK says the same as the bounds of the partition that it will become,
 * so that nothing is scanned when it is attached.
 */
export function createCandidateTable(generation: number, dataset: string, contract: Contract): string {
  return (
    `create table ${qualified(generationSchemaName(generation), dataset)} (${tableColumnsSql(contract)}, ` +
    `constraint of_generation check (${generationColumn} is not null and ${generationColumn} = ${generation})) ` +
    'with (autovacuum_enabled = false)'
  );
}
