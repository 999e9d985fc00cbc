import type { ChecksumColumn } from '../checksums.ts';
import type { ChecksumDialect } from '../sql-checksums.ts';
import { intervalText } from './interval-text.ts';

/** How PostgreSQL says what checksums are made of: dates in ISO, UTC. */
export const postgresChecksums: ChecksumDialect = {
  canonical,
  number: ({ sql }) => sql,
  cell: (canonicalText) =>
    `coalesce(':' || replace(replace(${canonicalText}, chr(92), chr(92) || chr(92)), ',', chr(92) || ','), '-')`,
  join: (cells) => `(${cells.join(` || ',' || `)})`,
  digest: (text) => `('x' || ${digits(text, 15)})::bit(60)::bigint`,
  digits,
  hex: (text) => `encode(convert_to(${text}, 'UTF8'), 'hex')`,
  quotient: (number, divisor) => `div(${number}::numeric, ${divisor})::text`,
};

function digits(text: string, count: number): string {
  return `substr(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 1, ${count})`;
}

function canonical({ sql, type, long }: ChecksumColumn): string {
  switch (type) {
    case 'numeric':
      return `trim_scale(${sql})::text`;
    case 'float4':
    case 'float8':
      return float(`(${sql})::float8`);
    case 'bool':
      return `case ${sql} when true then 't' when false then 'f' end`;
    case 'text':
      return long ? digits(sql, 64) : `(${sql})::text`;
    case 'bytea':
      return `encode(sha256(${sql}), 'hex')`;
    case 'int8':
    case 'date':
    case 'timestamp':
      return `(${sql})::text`;
    case 'interval':
      return intervalText(sql);
  }
}

/**
 * As in MySQL's dialect; what is no number at all (NaN, Infinity) is its own text. Where one digit less lies half way to
 * the next double, MySQL prints it, and PostgreSQL does not: 1e23 there is 9.999999999999999e22 here.
 */
function float(value: string): string {
  const text = `${value}::text`;
  const rounded = `round(${text}::numeric, length(${significant(text)}) - 1 - (${place(text)}))::text`;
  return `case when ${text} !~ '^-?[0-9]' then ${text}
               when length(${significant(text)}) < 15 or abs(${value}) not between 1e-290 and 1e290 then ${scientific(text)}
               when ${rounded}::float8 = ${value} then ${scientific(rounded)} else ${scientific(text)} end`;
}

const mantissa = (text: string): string => `ltrim(split_part(${text}, 'e', 1), '-')`;

/** The digits of a number's text, without zeros at either end. */
function significant(text: string): string {
  return `btrim(replace(${mantissa(text)}, '.', ''), '0')`;
}

/** The power of ten just above the first of them. */
function place(text: string): string {
  const exponent = `coalesce(nullif(split_part(${text}, 'e', 2), ''), '0')::integer`;
  const all = `replace(${mantissa(text)}, '.', '')`;
  return `${exponent} + length(split_part(${mantissa(text)}, '.', 1)) - length(${all}) + length(ltrim(${all}, '0'))`;
}

function scientific(text: string): string {
  const sign = `case when ${text} like '-%' then '-' else '' end`;
  return `case when ${significant(text)} = '' then '0' else ${sign} || ${significant(text)} || 'e' || (${place(text)})::text end`;
}
