import type { ChecksumColumn } from '../checksums.ts';
import type { ChecksumDialect } from '../sql-checksums.ts';

/** The largest int8: beyond it a cell becomes null on its way, and is counted. */
const largest = '9223372036854775807';

/** How MySQL and MariaDB say what checksums are made of, with our session settings. */
export const mysqlChecksums: ChecksumDialect = {
  canonical,
  number: ({ sql }) => inRange(sql),
  cell: (canonicalText) =>
    `IFNULL(CONCAT(':', REPLACE(REPLACE(${canonicalText}, CHAR(92), CONCAT(CHAR(92), CHAR(92))), ',', CONCAT(CHAR(92), ','))), '-')`,
  join: (cells) => `CONCAT_WS(',', ${cells.join(', ')})`,
  digest: (text) => `CAST(CONV(SUBSTR(SHA2(${text}, 256), 1, 15), 16, 10) AS UNSIGNED)`,
  digits: (text, count) => `SUBSTR(SHA2(${text}, 256), 1, ${count})`,
  hex: (text) => `LOWER(HEX(${text}))`,
  quotient: (number, divisor) => `CAST(CAST(${number} AS DECIMAL(30, 0)) DIV ${divisor} AS CHAR)`,
};

function canonical({ sql, type, long }: ChecksumColumn): string {
  switch (type) {
    case 'int8':
      return `CAST(${inRange(sql)} AS CHAR)`;
    case 'numeric':
      return withoutZeros(`CAST(${sql} + 0 AS CHAR)`);
    case 'float4':
    case 'float8':
      return shortest(printed(`${sql} + 0.0e0`));
    case 'bool':
      return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${sql} + 0 <> 0 THEN 't' ELSE 'f' END`;
    case 'date':
      return calendar(sql, `DATE_FORMAT(${sql}, '%Y-%m-%d')`);
    case 'timestamp':
      return calendar(sql, fraction(`DATE_FORMAT(${sql}, '%Y-%m-%d %H:%i:%s.%f')`));
    case 'interval':
      return fraction(`CAST(CAST(${sql} AS TIME(6)) AS CHAR)`);
    case 'text': {
      const text = `REPLACE(CAST(${sql} AS CHAR CHARACTER SET utf8mb4), CHAR(0 USING utf8mb4), '')`;
      return long ? `SHA2(${text}, 256)` : text;
    }
    case 'bytea':
      return `SHA2(CAST(${sql} AS BINARY), 256)`;
  }
}

/** `+ 0`: of bits their number, and no zeros in front. */
function inRange(sql: string): string {
  return `CASE WHEN ${sql} + 0 > ${largest} THEN NULL ELSE ${sql} + 0 END`;
}

/** Zero and impossible dates, which MySQL stores, become null on their way. Its own arithmetic gives null for them. */
function calendar(sql: string, text: string): string {
  return `CASE WHEN YEAR(${sql}) = 0 OR ${sql} + INTERVAL 0 DAY IS NULL THEN NULL ELSE ${text} END`;
}

/** Of digits of a second those that say something. */
function fraction(text: string): string {
  return `TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${text}))`;
}

function withoutZeros(text: string): string {
  return `CASE WHEN INSTR(${text}, '.') > 0 THEN ${fraction(text)} ELSE ${text} END`;
}

/** A double's text, whole: MySQL's own CAST of what is worked out keeps no more than 22 characters of it. */
function printed(double: string): string {
  return `TRIM(TRAILING ']' FROM SUBSTR(CAST(JSON_ARRAY(${double}) AS CHAR), 2))`;
}

/**
 * A float as sign, digits and the power of ten above the first of them: `-15e0` for -0.15. Systems agree about the shortest
 * digits that give a double back, and print them each in its own way.
 */
function shortest(text: string): string {
  const mantissa = `SUBSTRING_INDEX(LOWER(${text}), 'e', 1)`;
  const exponent = `CASE WHEN INSTR(LOWER(${text}), 'e') > 0 THEN SUBSTRING_INDEX(LOWER(${text}), 'e', -1) + 0 ELSE 0 END`;
  const unsigned = `REPLACE(${mantissa}, '-', '')`;
  const all = `REPLACE(${unsigned}, '.', '')`;
  const digits = `TRIM(LEADING '0' FROM ${all})`;
  const place = `${exponent} + LENGTH(SUBSTRING_INDEX(${unsigned}, '.', 1)) - LENGTH(${all}) + LENGTH(${digits})`;
  const sign = `CASE WHEN ${mantissa} LIKE '-%' THEN '-' ELSE '' END`;
  return `CASE WHEN ${text} = 'null' THEN NULL WHEN ${digits} = '' THEN '0' ELSE CONCAT(${sign}, TRIM(TRAILING '0' FROM ${digits}), 'e', CAST(${place} AS SIGNED)) END`;
}
