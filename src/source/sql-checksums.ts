import {
  type ChecksumColumn,
  type ChecksumReader,
  type Extent,
  type KeyRange,
  type KeySum,
  type RangeSplit,
  type RangeSum,
} from './checksums.ts';

/** What differs between the systems in the SQL of a checksum. Each gives an SQL expression. */
export interface ChecksumDialect {
  /** The canonical text of a column's value (docs/reference/reconciliation.md); null where that is null. */
  canonical(column: ChecksumColumn): string;
  /** The value of an integer column. */
  number(column: ChecksumColumn): string;
  /** Text that stands for a cell beside others: escaped, null told from every text. */
  cell(canonical: string): string;
  /** Cells in a row. */
  join(cells: readonly string[]): string;
  /** The first 60 bits of a text's SHA-256, as an integer. */
  digest(text: string): string;
  /** The first hexadecimal digits of a text's SHA-256. */
  digits(text: string, count: number): string;
  /** The bytes of a text as hexadecimal digits, so that no collation takes one for another; null for null. */
  hex(text: string): string;
  /** A quotient towards zero, as text. */
  quotient(number: string, divisor: bigint): string;
}

/** A relation in an SQL database, and how to ask about it. */
export interface ChecksumRelation {
  /** Quoted and qualified. */
  readonly relation: string;
  readonly columns: readonly ChecksumColumn[];
  /** Names of columns; where there is none the row is its own key. */
  readonly key: readonly string[];
  /** An aggregate over the rows of a key: a note about it. */
  readonly note?: string;
  readonly dialect: ChecksumDialect;
  readonly ask: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;
}

/** Checksums that the database itself makes: rows never leave it, but those of ranges that differ, as digests. */
export function sqlChecksums(of: ChecksumRelation): ChecksumReader {
  const { relation, columns, dialect, ask } = of;
  const cellOf = (column: ChecksumColumn): string => dialect.cell(dialect.canonical(column));
  const rowText = dialect.join(columns.map(cellOf));
  const keyColumns = of.key.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  const keyText = keyColumns.length === 0 ? rowText : dialect.join(keyColumns.map(cellOf));
  const lead = keyColumns[0]?.type === 'int8' ? keyColumns[0] : undefined;
  const number = lead === undefined ? 'NULL' : dialect.number(lead);

  const where = ({ numbers, unnumbered, prefix }: KeyRange): string => {
    const conditions = [
      // The bare column: an index serves it.
      ...(numbers === undefined || lead === undefined
        ? []
        : [`${lead.sql} BETWEEN ${numbers.low} AND ${numbers.high}`]),
      ...(unnumbered === undefined ? [] : [`${number} IS NULL`]),
      ...(prefix === '' ? [] : [`${dialect.digits(keyText, prefix.length)} = '${prefix}'`]),
    ];
    return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  };

  return {
    extent: async (range): Promise<Extent> => {
      const ends = lead === undefined ? 'NULL, NULL' : `MIN(${number}), MAX(${number})`;
      const [[rows, low, high] = []] = await ask(`SELECT COUNT(*), ${ends} FROM ${relation}${where(range)}`);
      return { rows: Number(rows), low: bigintOf(low), high: bigintOf(high) };
    },
    sums: async (range, split: RangeSplit): Promise<ReadonlyMap<string, RangeSum>> => {
      const bucket =
        split.by === 'number'
          ? dialect.quotient(number, split.width)
          : dialect.digits(keyText, range.prefix.length + split.digits);
      const lines = await ask(
        `SELECT ${bucket}, COUNT(*), SUM(${dialect.digest(rowText)}) FROM ${relation}${where(range)} GROUP BY 1`,
      );
      return new Map(lines.map(([name, rows, sum]) => [name ?? '', { rows: Number(rows), sum: sum ?? '' }]));
    },
    keys: async (range): Promise<ReadonlyMap<string, KeySum>> => {
      const names =
        keyColumns.length === 0
          ? [dialect.digits(rowText, 60)]
          : keyColumns.map((column) => dialect.hex(dialect.canonical(column)));
      const sums = columns.map((column) => `SUM(${dialect.digest(cellOf(column))})`);
      const lines = await ask(
        `SELECT ${names.join(', ')}, COUNT(*), ${dialect.join(sums)}, ${of.note ?? 'NULL'}
           FROM ${relation}${where(range)} GROUP BY ${names.map((_, index) => index + 1).join(', ')}`,
      );
      return new Map(
        lines.map((line) => {
          const key = line.slice(0, names.length);
          const [rows, columnSums, note] = line.slice(names.length);
          const sum: KeySum = {
            key: keyColumns.length === 0 ? [] : key.map(textOfHex),
            rows: Number(rows),
            columns: (columnSums ?? '').split(','),
            note: note ?? undefined,
          };
          return [JSON.stringify(key), sum];
        }),
      );
    },
  };
}

function bigintOf(text: string | null | undefined): bigint | undefined {
  return text === null || text === undefined ? undefined : BigInt(text);
}

function textOfHex(hex: string | null): string | null {
  return hex === null ? null : Buffer.from(hex, 'hex').toString('utf8');
}
