import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDeclaredType, type DeclaredType } from '../../src/pipeline/declared-type.ts';
import { compareTables, fit } from '../../src/source/compare.ts';
import { liveType as mysqlType } from '../../src/source/mysql/live-type.ts';
import { nearest } from '../../src/source/nearest.ts';
import { liveType as postgresType } from '../../src/source/postgres/live-type.ts';
import type { LiveColumn, LiveTable, TableToRead } from '../../src/source/source.ts';

function typed(text: string): DeclaredType {
  const type = parseDeclaredType(text);
  if (type === undefined) throw new Error(text);
  return type;
}

const column = (name: string, text: string, alternatives: readonly string[] = []): LiveColumn => ({
  ...{ name, printed: text, type: parseDeclaredType(text) },
  alternatives: alternatives.map(typed),
  readable: true,
});

const live = (
  table: string,
  columns: readonly LiveColumn[],
  changes: Partial<LiveTable> = {},
): LiveTable => ({
  ...{
    schema: 'tcs',
    table,
    kind: 'table',
    engine: 'InnoDB',
    isForeign: false,
    unhide: undefined,
    columns,
    showsAll: true,
    key: [],
    uniqueKeys: [],
    estimatedRows: 0,
    estimatedBytes: 0,
  },
  ...changes,
});

const declared = (table: string, columns: Readonly<Record<string, string>>): TableToRead => ({
  schema: 'tcs',
  declared: {
    ...{ source: 'tcs', table, name: `tcs_${table}`, key: [], volatile: false },
    columns: Object.entries(columns).map(([name, text]) => ({ column: name, name, type: typed(text) })),
  },
});

const codes = (
  tables: readonly TableToRead[],
  found: readonly LiveTable[],
  showsAll = true,
): readonly string[] =>
  compareTables('tis', tables, {
    schema: 'tcs',
    tables: found,
    showsAll,
    absent: undefined,
    grant: (table, columns) => `let us read ${table} ${columns.join()};`,
  }).map((error) => `${error.code}: ${error.message}`);

test('a source as declared has no differences, nor has one with more', () => {
  const found = live('Person', [
    column('id', 'bigint'),
    column('name', 'varchar(300)'),
    column('more', 'date'),
  ]);
  assert.deepEqual(
    codes([declared('Person', { id: 'bigint', name: 'varchar(255)' })], [found, live('Other', [])]),
    [],
  );
});

test('every difference is told, with the nearest name', () => {
  const found = [
    live('PersonOwner', [column('id', 'integer'), column('rule', 'varchar(20)'), column('odd', 'no type')]),
    live('Log', [column('id', 'bigint')], { engine: 'MyISAM' }),
  ];
  const tables = [
    declared('PersonOwner', { id: 'bigint', rules: 'varchar(20)', odd: 'text', rule: 'varchar(255)' }),
    declared('Log', { id: 'date' }),
    declared('Personowner', { id: 'bigint' }),
    declared('Elsewhere', { id: 'bigint' }),
  ];
  assert.deepEqual(codes(tables, found), [
    'NJ-SOURCE-COLUMN-NARROWED: Column tcs.PersonOwner.id is declared bigint, but the source has become narrower: integer, which is to be declared integer.',
    'NJ-SOURCE-COLUMN-MISSING: Column tcs.PersonOwner.rules is declared, but the source has none of that name. The nearest is rule.',
    'NJ-SOURCE-TYPE-UNKNOWN: Column tcs.PersonOwner.odd has the type no type, for which Nightjar has no entry in its type map.',
    'NJ-SOURCE-COLUMN-NARROWED: Column tcs.PersonOwner.rule is declared varchar(255), but the source has become narrower: varchar(20), which is to be declared varchar(20).',
    'NJ-SOURCE-ENGINE: Table tcs.Log uses the storage engine MyISAM: it changes inside a snapshot, so it cannot be read with the others as of one instant.',
    'NJ-SOURCE-COLUMN-RETYPED: Column tcs.Log.id is declared date, but the source has bigint, which is to be declared bigint.',
    'NJ-SOURCE-TABLE-MISSING: Table tcs.Personowner is declared, but the connection "tis" has none of that name. The nearest is PersonOwner.',
    'NJ-SOURCE-TABLE-MISSING: Table tcs.Elsewhere is declared, but the connection "tis" has none of that name.',
  ]);
});

test('a column with more digits behind the point than declared is refused, with the words to declare', () => {
  const found = [
    live('Price', [
      { ...column('net', 'numeric(8,2)'), printed: 'decimal(8,2)' },
      { ...column('paid', 'timestamp(6)'), printed: 'datetime(6)' },
      column('any', 'numeric'),
      column('sent', 'timestamp(6)'),
    ]),
  ];
  const types = { net: 'numeric(6,1)', paid: 'timestamp(0)', any: 'numeric(10,2)' };
  assert.deepEqual(codes([declared('Price', types)], found), [
    'NJ-SOURCE-COLUMN-FINER: Column tcs.Price.net is declared numeric(6,1), but the source has more digits behind the point: decimal(8,2), which is to be declared numeric(8,2).',
    'NJ-SOURCE-COLUMN-FINER: Column tcs.Price.paid is declared timestamp(0), but the source has more digits behind the point: datetime(6), which is to be declared timestamp(6).',
    'NJ-SOURCE-COLUMN-FINER: Column tcs.Price.any is declared numeric(10,2), but the source has more digits behind the point: numeric, which is to be declared numeric.',
  ]);
  // A timestamp that says nothing of its digits takes any.
  assert.deepEqual(codes([declared('Price', { sent: 'timestamp', net: 'numeric(8,2)' })], found), []);
});

test('what our user may not read is told apart from what is not there, with what lets it', () => {
  const hidden = (name: string): LiveColumn => ({ ...column(name, 'bigint'), readable: false });
  const tables = [
    declared('Person', { id: 'bigint', name: 'varchar(255)', born: 'bigint' }),
    declared('Post', { id: 'bigint', name: 'bigint' }),
  ];
  const shown = [
    live('Person', [column('id', 'bigint'), hidden('name'), hidden('born')]),
    live('Post', [hidden('id'), hidden('name'), column('more', 'date')]),
  ];
  assert.deepEqual(codes(tables, shown), [
    'NJ-SOURCE-COLUMN-RETYPED: Column tcs.Person.name is declared varchar(255), but the source has bigint, which is to be declared bigint.',
    'NJ-SOURCE-COLUMN-UNREADABLE: Of tcs.Person, our user may not read name, born. What lets it: let us read Person name,born;',
    'NJ-SOURCE-TABLE-UNREADABLE: Table tcs.Post is there, but our user on the connection "tis" may read none of its declared columns. What lets it: let us read Post ;',
  ]);
});

test('what a source hides from our user may be there', () => {
  const tables = [
    declared('Person', { id: 'bigint', nam: 'varchar(255)', born: 'bigint' }),
    declared('Post', { id: 'bigint' }),
  ];
  const shown = [
    live('Person', [column('id', 'bigint'), column('name', 'varchar(255)')], { showsAll: false }),
    live('Posts', []),
  ];
  assert.deepEqual(codes(tables, shown, false), [
    'NJ-SOURCE-COLUMN-NOT-SHOWN: Of tcs.Person, the source shows our user no column nam (the nearest is name), born: not there, or not granted. If there: let us read Person nam,born;',
    'NJ-SOURCE-TABLE-NOT-SHOWN: Table tcs.Post is declared, but the connection "tis" shows our user none of that name: it is not there, or not granted. The nearest is Posts. If it is there: let us read Post ;',
  ]);
});

test('a column may be declared in another way where that is as good', () => {
  const flag = {
    name: 'f',
    printed: 'tinyint(1)',
    ...mysqlType({ ...nothing, name: 'tinyint', printed: 'tinyint(1)' }),
  };
  assert.equal(fit(flag, typed('boolean')), 'fits');
  assert.equal(fit(flag, typed('smallint')), 'fits');
  assert.equal(fit(flag, typed('text')), 'retyped');
  const bit = {
    name: 'b',
    printed: 'bit(1)',
    ...mysqlType({ ...nothing, name: 'bit', printed: 'bit(1)', precision: 1 }),
  };
  for (const text of ['boolean', 'smallint', 'integer', 'bigint', 'bytes(1)'])
    assert.equal(fit(bit, typed(text)), 'fits');
});

const nothing = { length: undefined, precision: undefined, scale: undefined, fraction: undefined };

test('types without an entry in the map have none', () => {
  assert.equal(mysqlType({ ...nothing, name: 'xmltype', printed: 'xmltype' }).type, undefined);
  assert.equal(mysqlType({ ...nothing, name: 'constructor', printed: 'constructor' }).type, undefined);
});

test('a numeric of PostgreSQL keeps its scale, also where it is odd', () => {
  const modifier = (precision: number, scale: number): number => ((precision << 16) | (scale & 0x7ff)) + 4;
  assert.equal(postgresType(1700, modifier(10, 2))?.text, 'numeric(10,2)');
  assert.equal(postgresType(1700, modifier(1000, 0))?.text, 'numeric(1000,0)');
  assert.equal(postgresType(1700, modifier(2, -3))?.text, 'numeric');
  assert.equal(postgresType(1700, modifier(3, 5))?.text, 'numeric');
  assert.equal(postgresType(1700, -1)?.text, 'numeric');
});

test('the nearest name is near, or there is none', () => {
  assert.equal(nearest('persnId', ['personId', 'postId']), 'personId');
  assert.equal(nearest('PERSONID', ['personId', 'postId']), 'personId');
  assert.equal(nearest('colour', ['personId', 'postId']), undefined);
  assert.equal(nearest('x', []), undefined);
});
