import type { RawType } from '../../pipeline/raw-type.ts';
import type { CellFormat } from './cell-encoders.ts';
import type { ColumnToRead } from './read-rows.ts';
import { selected } from './select-rows.ts';

/** A result of two rows, one of values and one of nulls, that needs no table: our user may have none to read. */
export interface Proof {
  readonly columns: readonly ColumnToRead[];
  readonly select: (format: CellFormat) => string;
  /** Whether there are servers on which we can do without it. */
  readonly optional: boolean;
}

/** A value of each raw type, each length of a length (one, three, four bytes), and what only some bytes show. */
const expressions: readonly (readonly [raw: RawType, sql: string])[] = [
  ['int8', 'CAST(-9223372036854775808 AS SIGNED)'],
  ['int8', 'CAST(-300 AS SIGNED)'],
  ['numeric', "CAST('-12345.678900' AS DECIMAL(20,6))"],
  ['numeric', 'CAST(18446744073709551615 AS UNSIGNED)'],
  ['float4', 'CAST(0.1 AS DOUBLE)'],
  ['float8', 'CAST(-1.5e-7 AS DOUBLE)'],
  ['bool', '(1 = 1)'],
  ['date', "CAST('2024-02-29' AS DATE)"],
  ['timestamp', "CAST('2024-02-29 23:59:59.123456' AS DATETIME(6))"],
  ['timestamp', "CAST('2024-02-29 23:59:59' AS DATETIME)"],
  ['timestamp', "CAST('1999-12-31 00:00:00' AS DATETIME)"],
  ['interval', "CAST('-838:59:58.999999' AS TIME(6))"],
  ['interval', "CAST('100:00:01' AS TIME)"],
  ['interval', "CAST('00:00:00' AS TIME)"],
  ['text', "'aé€😀'"],
  ['text', "REPEAT('x', 300)"],
  ['text', "REPEAT('y', 70000)"],
  ['text', "''"],
  ['bytea', "CAST(x'00FB80FF' AS BINARY)"],
];

/** Column types that no CAST gives, and what a JSON document has for them. */
const columnTypes: readonly (readonly [raw: RawType, type: string, value: unknown])[] = [
  ['int8', 'TINYINT', '-128'],
  ['int8', 'TINYINT UNSIGNED', '255'],
  ['int8', 'SMALLINT', '-32768'],
  ['int8', 'SMALLINT UNSIGNED', '65535'],
  ['int8', 'MEDIUMINT', '-8388608'],
  ['int8', 'MEDIUMINT UNSIGNED', '16777215'],
  ['int8', 'INT', '-2147483648'],
  ['int8', 'INT UNSIGNED', '4294967295'],
  ['int8', 'BIGINT', '-9223372036854775807'],
  ['int8', 'BIGINT UNSIGNED', '9223372036854775808'],
  ['numeric', 'BIGINT UNSIGNED', '10000000000000000000'],
  ['numeric', 'INT', '-20000'],
  ['bool', 'TINYINT(1)', '1'],
  ['int8', 'YEAR', '1999'],
  ['int8', 'BIT(12)', '5'],
  ['float4', 'FLOAT', '0.1'],
  ['float8', 'DOUBLE', '0.1'],
  ['date', 'DATE', '0000-00-00'],
  ['date', 'DATE', '9999-12-31'],
  ['timestamp', 'DATETIME(3)', '2024-02-29 10:00:00.500'],
  ['interval', 'TIME', '-00:00:01'],
  ['text', 'TEXT', 'é€'],
  ['text', 'JSON', { a: [1, null] }],
];

/** The values of `expressions`, and a row of nulls. */
function selectExpressions(format: CellFormat): string {
  const values = expressions.map(([raw, sql], index) => `${selected(sql, raw, format)} AS c${String(index)}`);
  return `SELECT ${values.join(', ')} UNION ALL SELECT ${expressions.map(() => 'NULL').join(', ')}`;
}

/** The values of `columnTypes`, out of a document of two objects, the second without any. */
function selectFromDocument(format: CellFormat): string {
  const document: [Record<string, unknown>, object] = [{}, {}];
  const columns: string[] = [];
  const declared: string[] = [];
  columnTypes.forEach(([raw, type, value], index) => {
    const name = `c${String(index)}`;
    document[0][name] = value;
    columns.push(selected(name, raw, format));
    declared.push(`${name} ${type} PATH '$.${name}'`);
  });
  return `SELECT ${columns.join(', ')} FROM JSON_TABLE('${JSON.stringify(document)}', '$[*]' COLUMNS (${declared.join(', ')})) AS proof`;
}

export const proofs: readonly Proof[] = [
  {
    columns: expressions.map(([raw, sql]) => ({ column: sql, type: { text: raw, raw } })),
    select: selectExpressions,
    optional: false,
  },
  {
    columns: columnTypes.map(([raw, type]) => ({ column: type, type: { text: raw, raw } })),
    select: selectFromDocument,
    // JSON_TABLE came with MySQL 8.0.4 and MariaDB 10.6.
    optional: true,
  },
];
