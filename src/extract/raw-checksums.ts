import type { SourceTable } from '../pipeline/source-table.ts';
import { checksumColumns, type ChecksumReader } from '../source/checksums.ts';
import { postgresChecksums } from '../source/postgres/checksum-dialect.ts';
import { sqlChecksums } from '../source/sql-checksums.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { repairedColumn } from './raw-schema.ts';

/** Checksums of a raw table; what is noted of a key are the repairs of its rows. */
export function rawChecksums(session: Session, schema: string, table: SourceTable): ChecksumReader {
  return sqlChecksums({
    relation: qualified(schema, table.name),
    columns: checksumColumns(table, ({ name }) => quoteIdentifier(name)),
    key: table.key,
    note: `string_agg(${quoteIdentifier(repairedColumn)}, ',')`,
    dialect: postgresChecksums,
    ask: (sql) => session.texts(`the comparison of raw table ${table.name} with its source`, sql),
  });
}
