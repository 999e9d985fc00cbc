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

/** The table that a dataset is built into. */
export function createCandidateTable(generation: number, dataset: string, contract: Contract): string {
  return (
    `create table ${qualified(generationSchemaName(generation), dataset)} (${tableColumnsSql(contract)}) ` +
    'with (autovacuum_enabled = false)'
  );
}

/**
 * A CHECK that says the same as the bounds of the partition that the table will become, so that nothing is scanned when it
 * is attached. Added to the table when it is full: it would be asked of each row as it comes otherwise.
 */
export function generationCheck(generation: number): string {
  return `constraint of_generation check (${generationColumn} is not null and ${generationColumn} = ${generation})`;
}
