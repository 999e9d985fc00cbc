import { createHash } from 'node:crypto';
import type { Contract } from '../pipeline/contract.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';

/** A published column's name and type, as they stand in DDL. */
export interface ShapeColumn {
  readonly name: string;
  readonly type: string;
}

export function shapeColumns(contract: Pick<Contract, 'columns'>): readonly ShapeColumn[] {
  return contract.columns.map((column) => ({ name: column.name, type: contractTypeSql(column.type) }));
}

/** Names a set of columns: the same names and types in the same order are the same shape. */
export function shapeOf(columns: readonly ShapeColumn[]): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map((column) => [column.name, column.type])))
    .digest('hex')
    .slice(0, 16);
}
