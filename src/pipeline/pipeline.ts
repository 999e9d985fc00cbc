import type { FilePosition } from '../error/nightjar-error.ts';
import type { Contract } from './contract.ts';
import type { RawType } from './raw-type.ts';
import type { SourceTable } from './source-table.ts';
import type { YamlPath } from './yaml-file.ts';

/** A dataset: one SELECT and one contract. */
export interface Dataset {
  readonly name: string;
  /** The SELECT, without a closing semicolon. */
  readonly sql: string;
  /** The file the SELECT came from, for messages. */
  readonly sqlFile: string;
  readonly contractFile: string;
  readonly contract: Contract;
  /** Where the character at `offset` (UTF-16 units) of one of the contract's texts stands in its file, for messages. */
  readonly inContract: (path: YamlPath, offset: number) => FilePosition;
  /** Raw tables and seeds that the SELECT names. */
  readonly readsRaw: readonly string[];
  /** Datasets that the SELECT names: they are built before. */
  readonly readsDatasets: readonly string[];
  /** Columns of what it names of which the values come into it: `tcs_placement.date_from`. */
  readonly valuesFrom: ReadonlySet<string>;
}

/** A small table that is part of the release: configuration with dates, a list, a mapping. */
export interface Seed {
  /** Its raw table's name, as the SQL names it. */
  readonly name: string;
  /** Columns that identify a row; empty where none are declared. */
  readonly key: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: RawType }[];
  /** As text; `null` where the cell is empty. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A pipeline folder, read and found to be without fault. */
export interface Pipeline {
  readonly name: string;
  readonly folder: string;
  readonly sources: readonly string[];
  readonly tables: readonly SourceTable[];
  readonly seeds: readonly Seed[];
  /** In an order in which each stands behind those it reads and, where it can, behind those it refers to. */
  readonly datasets: readonly Dataset[];
  /** Raw columns that are part of a key, of which no cell may be repaired: `shop_customer.id`. */
  readonly keyColumns: ReadonlySet<string>;
  /** The digest (hex SHA-256) of all of the folder's files, by name and content. */
  readonly digest: string;
}
