import type { Row } from '../database/cell.ts';
import type { DatabaseName } from '../schema/table.ts';
import type { World } from '../world/world.ts';

/** How one table is filled: the columns that are given, in this order, and the rows, made one after another. */
export interface RowSource {
  readonly database: DatabaseName;
  readonly table: string;
  readonly columns: readonly string[];
  rows(world: World): Iterable<Row>;
}
