import type { DatabaseName, Table } from '../schema/table.ts';
import type { Row } from './cell.ts';

export type SqlValue = string | number | bigint | boolean | null;

/** A record as the driver gives it: every value a text or null, whichever system it comes from. */
export type TextRecord = Readonly<Record<string, string | null>>;

/**
 * A connection to the place where a sample lives, the same for both systems. SQL is written once: names in double
 * quotes, `?` for values. What differs between the systems is behind the few properties below.
 */
export interface SampleDatabase extends AsyncDisposable {
  readonly kind: 'mysql' | 'postgres';
  /** `tcs`, `Person` → the quoted name that SQL on this connection uses. */
  name(database: DatabaseName, table: string): string;
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly TextRecord[]>;
  /** Fills a table as fast as this system takes rows. Returns how many it was given. */
  load(
    table: Table,
    columns: readonly string[],
    rows: Iterable<Row>,
    onRows?: (rows: number) => void,
  ): Promise<number>;
  /**
   * Drops the tables of an earlier sample and makes empty ones. If they are about to get many rows, indexes are better
   * made by `finishTable`: MariaDB then takes half the time for both.
   */
  createTables(tables: readonly Table[], comment: string, many: boolean): Promise<void>;
  /** The service databases themselves, with all that is in them. */
  dropDatabases(): Promise<void>;
  /** What has to wait until the rows are there. */
  finishTable(table: Table, many: boolean): Promise<void>;
  /** Comments of the tables that exist under the sample's names: database, table, comment. */
  tableComments(): Promise<readonly TextRecord[]>;
  /** Tables of the same PostgreSQL database under no name of the sample's: database, table. In MySQL none. */
  otherTables(): Promise<readonly TextRecord[]>;
}
