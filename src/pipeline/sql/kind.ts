import type { TypeName } from 'libpg-query';
import type { ContractType } from '../contract-type.ts';
import type { RawType } from '../raw-type.ts';
import { textOf } from './ast.ts';

type Base =
  | 'text'
  | 'integer'
  | 'numeric'
  | 'float'
  | 'date'
  | 'interval'
  | 'boolean'
  | 'bytes'
  | 'row'
  | 'other'
  | 'unknown';

/**
 * What sort of value an expression gives, as far as the checks need to know. `date` is anything with a date or an hour
 * in it, a range of them too; `row` is a whole row; `other` is a type the checks do not care about, a document among them; `unknown` may
 * be anything, and nothing is concluded from it.
 */
export type Kind = Base | `${Base}[]`;

const kinds: Readonly<Record<string, Base>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  name: 'text',
  citext: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'numeric',
  float4: 'float',
  float8: 'float',
  real: 'float',
  'double precision': 'float',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'date',
  timestamptz: 'date',
  time: 'date',
  timetz: 'date',
  daterange: 'date',
  tsrange: 'date',
  tstzrange: 'date',
  datemultirange: 'date',
  tsmultirange: 'date',
  tstzmultirange: 'date',
  interval: 'interval',
  bytea: 'bytes',
};

export function kindOfRawType(type: RawType): Kind {
  return kinds[type] ?? 'other';
}

export function kindOfContractType(type: ContractType): Kind {
  return kinds[type.base] ?? 'other';
}

/** The kind of a type as the grammar gives it: `pg_catalog.int8`, `text[]`. */
export function kindOfTypeName(type: TypeName | undefined): Kind {
  const base = kinds[textOf(type?.names?.at(-1)) ?? ''] ?? 'other';
  return type?.arrayBounds === undefined ? base : `${base}[]`;
}

export function isArray(kind: Kind): boolean {
  return kind.endsWith('[]');
}

export function arrayOf(kind: Kind): Kind {
  return isBase(kind) ? `${kind}[]` : kind;
}

export function elementOf(kind: Kind): Kind {
  const found = bases.find((base) => `${base}[]` === kind);
  return found ?? 'unknown';
}

const bases: readonly Base[] = [
  'text',
  'integer',
  'numeric',
  'float',
  'date',
  'interval',
  'boolean',
  'bytes',
  'row',
  'other',
  'unknown',
];

function isBase(kind: Kind): kind is Base {
  return !isArray(kind);
}

/** The kind of a value that comes from one of several places: COALESCE, CASE, UNION. */
export function commonKind(one: Kind, other: Kind): Kind {
  if (one === other) return one;
  const numbers: readonly Kind[] = ['integer', 'numeric', 'float'];
  const rank = Math.max(numbers.indexOf(one), numbers.indexOf(other));
  return numbers.includes(one) && numbers.includes(other) ? (numbers[rank] ?? 'unknown') : 'unknown';
}
