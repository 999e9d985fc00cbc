import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCsv } from '../../src/pipeline/csv.ts';
import { parseDeclaredType } from '../../src/pipeline/declared-type.ts';
import { FaultList } from '../../src/pipeline/fault-list.ts';
import { isSeedCell } from '../../src/pipeline/seed-cell.ts';

function cells(text: string): readonly (readonly string[])[] | undefined {
  return parseCsv('a.csv', text, new FaultList())?.map((row) => row.map((cell) => cell.text));
}

for (const [text, expected] of [
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a\rb', [['a'], ['b']]],
  ['"a,b","c\nd","e""f",""\n', [['a,b', 'c\nd', 'e"f', '']]],
  [
    'a,\n,b\n',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['a\n\nb\n', [['a'], [''], ['b']]],
  ['a,', [['a', '']]],
  [' a , "b', undefined],
] as const) {
  test(`CSV: ${JSON.stringify(text)}`, () => assert.deepEqual(cells(text), expected));
}

test('CSV: what is written by the rules is read as it was, whatever the cells hold', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', ' ', '😀') });
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, lineBreak) => {
      const text = table
        .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + lineBreak)
        .join('');
      assert.deepEqual(cells(text), table);
    }),
  );
});

const good: Readonly<Record<string, readonly string[]>> = {
  smallint: ['0', '-32768', '32767'],
  integer: ['2147483647', '007'],
  bigint: ['9223372036854775807', '-9223372036854775808'],
  'numeric(4,2)': ['12.34', '-0.5', '99', '0012.30'],
  numeric: ['123456789012345678901234567890.5'],
  real: ['1.5', '-2e10'],
  boolean: ['true', 'false'],
  date: ['2024-02-29', '0001-01-01', '9999-12-31'],
  'timestamp(3)': ['2024-02-29 23:59:59.123', '2024-02-29T00:00:00'],
  interval: ['P56D', 'P1Y2M', 'PT1H30M', 'P1DT0.5S'],
  'varchar(2)': ['', 'é😀'],
  'bytes(2)': ['\\x', '\\x00FF'],
};
const bad: Readonly<Record<string, readonly string[]>> = {
  smallint: ['32768', '1.0', '', '+1', ' 1'],
  integer: ['-2147483649', '1e3'],
  bigint: ['9223372036854775808', '0x10'],
  'numeric(4,2)': ['123', '1.234', '.5', 'NaN'],
  real: ['NaN', '1e999', 'x'],
  boolean: ['t', 'yes', '1', 'TRUE'],
  date: ['2023-02-29', '2024-13-01', '2024-00-10', '0000-01-01', '24-01-01', 'today'],
  'timestamp(3)': [
    '2024-02-29 24:00:00',
    '2024-02-29 23:59:59.1234',
    '2024-02-30 00:00:00',
    '2024-02-29',
    'now',
  ],
  interval: ['P', 'PT', '56 days', 'P1H'],
  'varchar(2)': ['abc'],
  'bytes(2)': ['00', '\\x0', '\\x000000'],
};
for (const [expected, table] of [
  [true, good],
  [false, bad],
] as const) {
  for (const [written, texts] of Object.entries(table)) {
    test(`cells that are ${expected ? '' : 'not '}${written}`, () => {
      const type = parseDeclaredType(written);
      assert.ok(type !== undefined);
      for (const text of texts) assert.equal(isSeedCell(text, type), expected, text);
    });
  }
}
