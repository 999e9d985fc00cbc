import type { SampleDatabase, TextRecord } from '../database/sample-database.ts';
import type { DatabaseName } from '../schema/table.ts';
import type { Dice } from '../random/dice.ts';

/** What is chosen from: a table (as `x`), the whole number that chance walks along, and what a row must be like. */
export interface Choice {
  readonly database: DatabaseName;
  readonly table: string;
  readonly along: string;
  /** Further columns that settle the order where `along` is not unique. */
  readonly then?: readonly string[];
  readonly columns: readonly string[];
  readonly where: string;
}

/** Ids above this one are planted (H13) and would leave chance nothing else to find. */
const highest = 1_000_000_000;

/**
 * Some rows, by chance: each time the first that fits from a random id on, or else from the beginning. Reads few rows
 * whatever the size of the table, and finds the same ones in the same data.
 */
export async function pickRows(
  database: SampleDatabase,
  dice: Dice,
  count: number,
  choice: Choice,
): Promise<readonly TextRecord[]> {
  const last = await highestId(database, choice.database, choice.table, choice.along);
  const found = new Map<string, TextRecord>();
  for (let turn = 0; turn < count; turn += 1) {
    const from = 1 + dice.below(last);
    const row = (await firstFrom(database, choice, from)) ?? (await firstFrom(database, choice, 0));
    if (row !== undefined) found.set(choice.columns.map((column) => row[column]).join('/'), row);
  }
  return [...found.values()];
}

async function firstFrom(
  database: SampleDatabase,
  choice: Choice,
  from: number,
): Promise<TextRecord | undefined> {
  const order = [choice.along, ...(choice.then ?? [])].map((column) => `x."${column}"`).join(', ');
  const columns = choice.columns.map((column) => `x."${column}" AS "${column}"`).join(', ');
  const rows = await database.query(
    `SELECT ${columns} FROM ${database.name(choice.database, choice.table)} x WHERE x."${choice.along}" >= ? AND (${choice.where}) ORDER BY ${order} LIMIT 1`,
    [from],
  );
  return rows[0];
}

export async function highestId(
  database: SampleDatabase,
  service: DatabaseName,
  table: string,
  column = 'id',
): Promise<number> {
  const [row] = await database.query(
    `SELECT MAX("${column}") AS last FROM ${database.name(service, table)} WHERE "${column}" < ${highest}`,
  );
  return Number(row?.['last'] ?? 0);
}
