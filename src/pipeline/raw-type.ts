/**
 * The closed list of types that a raw column can have in the warehouse. Every column type of MySQL, MariaDB and
 * PostgreSQL becomes one of these (docs/reference/types.md) or is a configuration error.
 */
export type RawType =
  'int8' | 'numeric' | 'float4' | 'float8' | 'bool' | 'date' | 'timestamp' | 'interval' | 'text' | 'bytea';
