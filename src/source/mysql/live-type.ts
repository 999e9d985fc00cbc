import { type DeclaredType, parseDeclaredType } from '../../pipeline/declared-type.ts';

/** A column's type as information_schema.COLUMNS describes it. */
export interface CatalogueType {
  /** DATA_TYPE: `bigint`. */
  readonly name: string;
  /** COLUMN_TYPE: `bigint(20) unsigned`. */
  readonly printed: string;
  /** CHARACTER_MAXIMUM_LENGTH: characters of text, bytes of binary. */
  readonly length: number | undefined;
  /** NUMERIC_PRECISION: digits of a decimal, bits of a bit. */
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  /** DATETIME_PRECISION. */
  readonly fraction: number | undefined;
}

export interface LiveType {
  readonly type: DeclaredType | undefined;
  readonly alternatives: readonly DeclaredType[];
}

const integers: Readonly<Record<string, { readonly signed: string; readonly unsigned: string }>> = {
  tinyint: { signed: 'smallint', unsigned: 'smallint' },
  smallint: { signed: 'smallint', unsigned: 'integer' },
  mediumint: { signed: 'integer', unsigned: 'integer' },
  int: { signed: 'integer', unsigned: 'bigint' },
  bigint: { signed: 'bigint', unsigned: 'numeric(20,0)' },
};

/** Types that need no more than their name. Text types are unbounded in practice: 64 KB and more. */
const plain: Readonly<Record<string, string>> = {
  year: 'smallint',
  float: 'real',
  double: 'double',
  date: 'date',
  time: 'interval',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'text',
  set: 'text',
  json: 'text',
  uuid: 'text',
  inet4: 'text',
  inet6: 'text',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  geometry: 'bytes',
  point: 'bytes',
  linestring: 'bytes',
  polygon: 'bytes',
  multipoint: 'bytes',
  multilinestring: 'bytes',
  multipolygon: 'bytes',
  geometrycollection: 'bytes',
  geomcollection: 'bytes',
  vector: 'bytes',
};

/** The type map of MySQL and MariaDB (docs/reference/types.md): what holds each column type exactly. */
export function liveType(column: CatalogueType): LiveType {
  const { name } = column;
  if (Object.hasOwn(integers, name)) return integerType(column);
  switch (name) {
    case 'bit':
      return bitType(column.precision ?? 1);
    case 'decimal':
      return exactly(`numeric(${String(column.precision)},${String(column.scale ?? 0)})`);
    case 'char':
    case 'varchar':
      return exactly(`varchar(${String(Math.max(1, column.length ?? 1))})`);
    case 'binary':
    case 'varbinary':
      return exactly(`bytes(${String(Math.max(1, column.length ?? 1))})`);
    case 'datetime':
    case 'timestamp':
      return exactly(`timestamp(${String(column.fraction ?? 0)})`);
    default:
      return Object.hasOwn(plain, name) ? exactly(plain[name] ?? '') : exactly('');
  }
}

function exactly(text: string, alternatives: readonly string[] = []): LiveType {
  return {
    type: parseDeclaredType(text),
    alternatives: alternatives.map(parseDeclaredType).filter((type) => type !== undefined),
  };
}

function integerType({ name, printed }: CatalogueType): LiveType {
  const entry = integers[name];
  const unsigned = /\bunsigned\b/.test(printed);
  const text = (unsigned ? entry?.unsigned : entry?.signed) ?? '';
  if (name === 'bigint' && unsigned) return exactly(text, ['bigint']);
  // MySQL has no boolean: BOOL is another word for TINYINT(1).
  return exactly(text, printed.startsWith('tinyint(1)') ? ['boolean'] : []);
}

function bitType(bits: number): LiveType {
  const bytes = `bytes(${String(Math.ceil(bits / 8))})`;
  if (bits === 1) return exactly('boolean', ['smallint', 'integer', 'bigint', bytes]);
  if (bits === 64) return exactly('numeric(20,0)', ['bigint', bytes]);
  return exactly(bits < 16 ? 'smallint' : bits < 32 ? 'integer' : 'bigint', [bytes]);
}
