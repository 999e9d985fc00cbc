import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestName } from '../../src/pipeline/nearest-name.ts';
import { parseContractType } from '../../src/pipeline/parse-contract-type.ts';
import { contractTypeSql } from '../../src/pipeline/contract-type.ts';
import { nearestType } from '../../src/pipeline/nearest-type.ts';
import { declaredTypeNames } from '../../src/pipeline/declared-type.ts';
import { snakeCase } from '../../src/pipeline/raw-name.ts';
import { textPositions } from '../../src/pipeline/text-positions.ts';

for (const [name, expected] of [
  ['PersonOwner', 'person_owner'],
  ['placementWholeTimeEquivalent', 'placement_whole_time_equivalent'],
  ['AssessmentOutcome_AUD', 'assessment_outcome_aud'],
  ['addr2Line', 'addr2_line'],
  ['HTMLText', 'htmltext'],
  ['odd table-name', 'odd_table_name'],
  ['"quoted"', '_quoted_'],
  ['Büro', 'büro'],
  ['名前', '名前'],
] as const) {
  test(`${name} is ${expected} in snake case`, () => assert.equal(snakeCase(name), expected));
}

for (const [name, expected] of [
  ['surnam', 'surname'],
  ['sunrame', 'surname'],
  ['SURNAME', 'surname'],
  ['forename', 'forenames'],
  ['zzz', undefined],
  ['x', undefined],
] as const) {
  test(`the nearest to ${name} is ${expected ?? 'none'}`, () =>
    assert.equal(nearestName(name, ['person_tis_id', 'surname', 'forenames', 'email_address']), expected));
}

test('a name with one letter changed, left out, added or swapped is nearest to itself', () => {
  const names = ['person_tis_id', 'placement_start_date', 'email_address', 'gmc_number'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.constantFrom('change', 'drop', 'add', 'swap'),
      (name, seed, how) => {
        const at = seed % (name.length - 1);
        const [head, tail] = [name.slice(0, at), name.slice(at + 1)];
        const spoilt =
          how === 'change'
            ? `${head}#${tail}`
            : how === 'drop'
              ? head + tail
              : how === 'add'
                ? `${head}#${name.slice(at)}`
                : `${head}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`;
        assert.equal(nearestName(spoilt, names), name);
      },
    ),
  );
});

test('types of other systems are known by their names', () => {
  for (const [written, expected] of [
    ['datetime(3)', 'timestamp'],
    ['int(11)', 'integer'],
    ['decimal(10,2)', 'numeric'],
    ['tinyint(1)', 'smallint'],
    ['BLOB', 'bytes'],
    ['bigit', 'bigint'],
    ['hstore', undefined],
  ] as const) {
    assert.equal(nearestType(written, declaredTypeNames), expected, written);
  }
});

test('a type of a contract is read as it stands in DDL', () => {
  for (const written of ['bigint', 'varchar(255)', 'numeric(6,3)', 'timestamp(0)', 'double precision']) {
    const type = parseContractType(written);
    assert.ok(type !== undefined, written);
    assert.equal(contractTypeSql(type), written);
  }
  for (const written of [
    'int',
    'varchar',
    'varchar(0)',
    'timestamp(7)',
    'numeric(2,3)',
    'numeric',
    'text(3)',
    '',
    'varchar(99999999999)',
  ]) {
    assert.equal(parseContractType(written), undefined, written);
  }
});

test('places count lines and characters, not bytes or halves of characters', () => {
  const { at } = textPositions('f', 'a😀b\r\né\n');
  const place = (offset: number): string => `${at(offset).line}:${at(offset).column}`;
  assert.deepEqual(
    [place(0), place(3), place(6), place(7), place(8), place(99)],
    ['1:1', '1:3', '2:1', '2:2', '3:1', '3:1'],
  );
});
