import { nearestName } from './nearest-name.ts';

/** What other systems call the types. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  smallint: ['tinyint', 'int2', 'year'],
  integer: ['int', 'int4', 'mediumint', 'serial'],
  bigint: ['int8', 'bigserial', 'long'],
  numeric: ['decimal', 'dec', 'number', 'money'],
  real: ['float', 'float4'],
  double: ['float8', 'double precision'],
  'double precision': ['float8', 'double', 'float'],
  boolean: ['bool', 'bit'],
  timestamp: [
    'datetime',
    'timestamptz',
    'timestamp with time zone',
    'timestamp without time zone',
    'datetime2',
  ],
  interval: ['time'],
  varchar: ['char', 'character varying', 'nvarchar', 'string', 'enum', 'set'],
  text: ['longtext', 'mediumtext', 'tinytext', 'clob', 'json', 'jsonb', 'uuid', 'xml', 'inet', 'string'],
  bytes: ['blob', 'longblob', 'mediumblob', 'tinyblob', 'binary', 'varbinary', 'bytea', 'geometry'],
  bytea: ['blob', 'longblob', 'mediumblob', 'tinyblob', 'binary', 'varbinary', 'bytes'],
};

/** The type that was meant: by its name in another system, or by its spelling. `names` may end in `(n)`. */
export function nearestType(written: string, names: readonly string[]): string | undefined {
  const bare = (text: string): string =>
    text
      .replace(/\s*\(.*/, '')
      .trim()
      .toLowerCase();
  const meant = bare(written);
  const same = names.find((name) => synonyms[bare(name)]?.includes(meant) === true);
  const near = same === undefined ? nearestName(meant, names.map(bare)) : undefined;
  return same ?? names.findLast((name) => bare(name) === near);
}
