import type { RawType } from './raw-type.ts';

/**
 * A source column's type as a pipeline declares it, in words that MySQL and PostgreSQL share: `bigint`,
 * `varchar(255)`, `decimal(6,3)`, `timestamp(3)`. The capacity is what `check` compares with the live column: a source
 * column that can hold less than declared has been narrowed.
 */
export interface DeclaredType {
  /** As written, in lower case. */
  readonly text: string;
  readonly raw: RawType;
  /**
   * How much it holds, in the unit of its kind: bits for `int8`, characters for `text`, bytes for `bytea`, digits
   * before and after the point for `numeric`, digits of a second for `timestamp`; absent where there is no limit.
   */
  readonly capacity: readonly number[];
  /**
   * How many digits behind the point, of a number or of a second, a column may have so that what is declared of it is true;
   * absent where there is no limit. A `timestamp` without a number of digits says nothing of them.
   */
  readonly finest?: number;
}

const unbounded = Number.POSITIVE_INFINITY;

const plain: Readonly<Record<string, DeclaredType>> = {
  smallint: { text: 'smallint', raw: 'int8', capacity: [16] },
  integer: { text: 'integer', raw: 'int8', capacity: [32] },
  bigint: { text: 'bigint', raw: 'int8', capacity: [64] },
  numeric: { text: 'numeric', raw: 'numeric', capacity: [unbounded, unbounded] },
  real: { text: 'real', raw: 'float4', capacity: [] },
  double: { text: 'double', raw: 'float8', capacity: [] },
  boolean: { text: 'boolean', raw: 'bool', capacity: [] },
  date: { text: 'date', raw: 'date', capacity: [] },
  timestamp: { text: 'timestamp', raw: 'timestamp', capacity: [0] },
  interval: { text: 'interval', raw: 'interval', capacity: [] },
  text: { text: 'text', raw: 'text', capacity: [unbounded] },
  bytes: { text: 'bytes', raw: 'bytea', capacity: [unbounded] },
};

/** The names that can be written without parentheses, for messages. */
export const declaredTypeNames: readonly string[] = [
  ...Object.keys(plain),
  'varchar(n)',
  'numeric(p,s)',
  'timestamp(n)',
  'bytes(n)',
];

/** What a declared type looks like, for editors. */
export const declaredTypePattern = `^ *(${Object.keys(plain).join('|')}|(varchar|timestamp|bytes) *\\([0-9]+\\)|numeric *\\([0-9]+( *, *[0-9]+)?\\)) *$`;

/** Reads a declared type; `undefined` where the text is none. */
export function parseDeclaredType(text: string): DeclaredType | undefined {
  const written = text.trim().toLowerCase().replace(/\s+/g, '');
  const known = Object.hasOwn(plain, written) ? plain[written] : undefined;
  if (known !== undefined) return known;
  const match = /^(varchar|numeric|timestamp|bytes)\((\d+)(?:,(\d+))?\)$/.exec(written);
  if (match === null) return undefined;
  const first = Number(match[2]);
  const second = match[3] === undefined ? undefined : Number(match[3]);
  switch (match[1]) {
    case 'varchar':
      return second === undefined && first > 0
        ? { text: written, raw: 'text', capacity: [first] }
        : undefined;
    case 'bytes':
      return second === undefined && first > 0
        ? { text: written, raw: 'bytea', capacity: [first] }
        : undefined;
    case 'timestamp':
      return second === undefined && first <= 6
        ? { text: written, raw: 'timestamp', capacity: [first], finest: first }
        : undefined;
    default: {
      const scale = second ?? 0;
      return scale > first || first === 0
        ? undefined
        : { text: written, raw: 'numeric', capacity: [first - scale, scale], finest: scale };
    }
  }
}
