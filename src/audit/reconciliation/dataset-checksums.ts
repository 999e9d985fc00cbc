import { generationSchemaName } from '../../build/candidate.ts';
import type { ContractType } from '../../pipeline/contract-type.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import type { RawType } from '../../pipeline/raw-type.ts';
import type { ChecksumColumn, ChecksumReader } from '../../source/checksums.ts';
import { postgresChecksums } from '../../source/postgres/checksum-dialect.ts';
import { sqlChecksums } from '../../source/sql-checksums.ts';
import { qualified, quoteIdentifier } from '../../warehouse/identifier.ts';
import type { Session } from '../../warehouse/session.ts';

/** Checksums of a dataset in one generation. `note`: an aggregate over its rows, which SQL calls `alias`. */
export function datasetChecksums(
  session: Session,
  { name, contract }: Dataset,
  generation: number,
  { alias, note }: { readonly alias: string; readonly note: string },
): ChecksumReader {
  return sqlChecksums({
    relation: `${qualified(generationSchemaName(generation), name)} as ${quoteIdentifier(alias)}`,
    columns: contract.columns.map((column): ChecksumColumn => ({
      name: column.name,
      sql: `${quoteIdentifier(alias)}.${quoteIdentifier(column.name)}`,
      type: rawTypeOf(column.type),
      long: column.type.base === 'text',
    })),
    key: contract.key,
    note,
    dialect: postgresChecksums,
    ask: (sql) => session.texts(`the comparison of dataset ${name} with its source`, sql),
  });
}

/** The raw type whose canonical text a published column has. */
function rawTypeOf({ base }: ContractType): RawType {
  switch (base) {
    case 'bigint':
    case 'integer':
    case 'smallint':
      return 'int8';
    case 'boolean':
      return 'bool';
    case 'varchar':
      return 'text';
    case 'real':
      return 'float4';
    case 'double precision':
      return 'float8';
    default:
      return base;
  }
}
