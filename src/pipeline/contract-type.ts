/** The type of a published column, as PostgreSQL names it: `bigint`, `varchar(255)`, `numeric(6,3)`, `timestamp(3)`. */
export type ContractType =
  | {
      readonly base:
        | 'bigint'
        | 'integer'
        | 'smallint'
        | 'boolean'
        | 'date'
        | 'text'
        | 'bytea'
        | 'interval'
        | 'real'
        | 'double precision';
    }
  | { readonly base: 'varchar'; readonly length: number }
  | { readonly base: 'timestamp'; readonly digits: number }
  | { readonly base: 'numeric'; readonly precision: number; readonly scale: number };

/** The type as it stands in DDL. */
export function contractTypeSql(type: ContractType): string {
  switch (type.base) {
    case 'varchar':
      return `varchar(${type.length})`;
    case 'timestamp':
      return `timestamp(${type.digits})`;
    case 'numeric':
      return `numeric(${type.precision},${type.scale})`;
    default:
      return type.base;
  }
}
