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

type Named = Pick<FaultOptions, 'table' | 'column'>;

export interface FaultPlace {
  readonly table: Table;
  /** In quotes; of faults that are done to a column. */
  readonly column?: string;
}

/** One harm that can be done to a sample. To add one, write it and put it into its file's list; `registry.ts` has them all. */
export interface Fault {
  readonly name: string;
  /** What it does and what it is like, in a sentence. */
  readonly describes: string;
  /** Where it can be done; both systems unless said. */
  readonly only?: 'mysql';
  /**
   * What it is done to: what the options name, or else its own choice. Throws NJ-USE-SAMPLE for what the sample does not
   * have. A fault without it takes neither a table nor a column.
   */
  readonly on?: (options: Named) => FaultPlace;
  /** Does it, and says in a sentence what was done. */
  apply(database: SampleDatabase, options: FaultOptions): Promise<string>;
}

/** A table by the name that a person types. */
function tableNamed(name: string): Table {
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
function columnNamed(table: Table, name: string): string {
  const found = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw sampleError(`${table.database}.${table.name} has no column ${name}.`);
  return quoteName(found.name);
}

/** `Fault.on` of a fault that is done to a table. */
export const tableOr =
  (usual: string) =>
  (options: Named): { readonly table: Table } => ({ table: tableNamed(options.table ?? usual) });

/** `Fault.on` of a fault that is done to a column. */
export const columnOr =
  (usualTable: string, usual: string) =>
  (options: Named): { readonly table: Table; readonly column: string } => {
    const table = tableNamed(options.table ?? usualTable);
    return { table, column: columnNamed(table, options.column ?? usual) };
  };

/** Refuses a table or a column where the fault takes none, or where the sample has none of that name. */
export function requireNamed(fault: Fault, options: Named): void {
  const place = fault.on?.(options);
  if (place === undefined && options.table !== undefined)
    throw sampleError(`The harm ${fault.name} takes no table: it is always done to the same.`);
  if (place?.column === undefined && options.column !== undefined)
    throw sampleError(`The harm ${fault.name} takes no column.`);
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
