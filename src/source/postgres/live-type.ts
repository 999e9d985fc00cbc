import { type DeclaredType, parseDeclaredType } from '../../pipeline/declared-type.ts';

/** PostgreSQL's own types (pg_type.dat), whose numbers never change. Every other type becomes text. */
const byOid: Readonly<Record<number, string>> = {
  16: 'boolean',
  17: 'bytes',
  20: 'bigint',
  21: 'smallint',
  23: 'integer',
  26: 'bigint',
  700: 'real',
  701: 'double',
  790: 'numeric(19,2)',
  1082: 'date',
  1083: 'interval',
  1186: 'interval',
};
const bpchar = 1042;
const varchar = 1043;
const timestamp = 1114;
const timestamptz = 1184;
const numeric = 1700;

/**
 * The type map of PostgreSQL (docs/reference/types.md): what holds a column of this type, after the cast that the SELECT
 * makes. A type without a raw type of its own (uuid, json, inet, enums, arrays, ranges, types of extensions, …) becomes
 * its text.
 *
 * @param oid the type's number; of a domain, that of the type behind it.
 * @param modifier atttypmod, -1 where there is none.
 */
export function liveType(oid: number, modifier: number): DeclaredType | undefined {
  return parseDeclaredType(byOid[oid] ?? modifiedType(oid, modifier));
}

function modifiedType(oid: number, modifier: number): string {
  switch (oid) {
    case bpchar:
    case varchar:
      return modifier < 5 ? 'text' : `varchar(${String(modifier - 4)})`;
    case timestamp:
    case timestamptz:
      return `timestamp(${String(modifier < 0 ? 6 : modifier)})`;
    case numeric: {
      if (modifier < 4) return 'numeric';
      const precision = ((modifier - 4) >> 16) & 0xffff;
      // Eleven bits with a sign, since PostgreSQL 15: a scale may be negative, or larger than the precision.
      const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
      return scale < 0 || scale > precision ? 'numeric' : `numeric(${String(precision)},${String(scale)})`;
    }
    default:
      return 'text';
  }
}
