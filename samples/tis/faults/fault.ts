import { sampleError } from '../database/sample-error.ts';
import type { SampleDatabase } from '../database/sample-database.ts';
import { quoteName } from '../database/quote.ts';
import { databaseNames, type Table } from '../schema/table.ts';
import { sampleTables } from '../schema/tables.ts';

export interface FaultOptions {
  /** `ContactDetails` or `tcs.ContactDetails`; each fault that takes a table has one of its own otherwise. */
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  /** How many of the rows, from 0 to 1. */
  readonly share?: number | undefined;
  /** For faults that last. */
  readonly seconds?: number | undefined;
  /** Called when a fault that lasts has begun. */
  readonly onBegun?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One harm that can be done to a sample. To add one, write it and put it into its file's list; `registry.ts` has them all. */
export interface Fault {
  readonly name: string;
  /** What it does and what it is like, in a sentence. */
  readonly describes: string;
  /** Where it can be done; both systems unless said. */
  readonly only?: 'mysql';
  /** Does it, and says in a sentence what was done. */
  apply(database: SampleDatabase, options: FaultOptions): Promise<string>;
}

/** A table by the name that a person types. */
export function tableNamed(name: string): Table {
  const found = sampleTables.find(
    (table) =>
      `${table.database}.${table.name}`.toLowerCase() === name.toLowerCase() ||
      table.name.toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined)
    throw sampleError(
      `The sample has no table ${name}. Its tables are named as in TIS, for instance ${databaseNames[0]}.ContactDetails.`,
    );
  return found;
}

/** The quoted name of a table's column. */
export function columnNamed(table: Table, name: string): string {
  const found = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw sampleError(`${table.database}.${table.name} has no column ${name}.`);
  return quoteName(found.name);
}

export const shown = (table: Table): string => `${table.database}.${table.name}`;

/**
 * A condition that holds for about this share of the rows: for the same ones each time, for others under another salt,
 * so that two harms do not always meet in the same rows.
 */
export function everyNth(column: string, share: number, salt = 0): string {
  if (!(share > 0 && share <= 1))
    throw sampleError(`A share lies above 0 and at most at 1, and is ${share}.`);
  return `MOD(${column} * 7919 + ${salt}, 1000) < ${Math.round(share * 1000)}`;
}
