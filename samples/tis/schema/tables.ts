import { assessmentTables } from './assessments.ts';
import { listTables } from './reference-lists.ts';
import { organisationTables } from './reference-organisations.ts';
import type { DatabaseName, Table } from './table.ts';
import { peopleTables } from './tcs-people.ts';
import { placementTables } from './tcs-placements.ts';
import { postTables } from './tcs-posts.ts';
import { programmeTables } from './tcs-programmes.ts';

/** Every table that the pipeline reads or the nightly sync writes, whole. */
export const sampleTables: readonly Table[] = [
  ...organisationTables,
  ...listTables,
  ...programmeTables,
  ...peopleTables,
  ...postTables,
  ...placementTables,
  ...assessmentTables,
];

/** Two services may have a table of one name (`Rotation` did), so a table is found by database and name. */
export function findTable(database: DatabaseName, name: string): Table {
  const found = sampleTables.find((table) => table.database === database && table.name === name);
  if (found === undefined) throw new Error(`The sample has no table ${database}.${name}.`);
  return found;
}
