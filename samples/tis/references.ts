import { quoteName } from './database/quote.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import { findTable, sampleTables } from './schema/tables.ts';

/**
 * Rows that the real schema's foreign keys would refuse, as `Table.column → Table.column: number`. The sample does not
 * declare those keys (loading is faster, and a harm may break what it likes), but what it makes holds to them.
 */
export async function brokenReferences(database: SampleDatabase): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const table of sampleTables) {
    for (const [column, reference] of Object.entries(table.references)) {
      const [targetName, targetColumn] = reference.split('.');
      if (targetName === undefined || targetColumn === undefined)
        throw new Error(`${reference} names no column.`);
      const target = findTable(table.database, targetName);
      const [row] = await database.query(
        `SELECT COUNT(*) AS n FROM ${database.name(table.database, table.name)} x WHERE x.${quoteName(column)} IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM ${database.name(target.database, target.name)} y WHERE y.${quoteName(targetColumn)} = x.${quoteName(column)})`,
      );
      if (row?.['n'] !== '0') broken.push(`${table.name}.${column} → ${reference}: ${row?.['n'] ?? '?'}`);
    }
  }
  return broken;
}
