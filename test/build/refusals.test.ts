import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { proveDatasets } from '../../src/build/prove.ts';
import { altered, readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

const takes = 'there is no function or operator of this name that takes these types (SQLSTATE 42883).';
const select = "The warehouse's server refuses the SELECT of dataset secret";
const rule = "The warehouse's server refuses rules.grown_up in the contract of dataset customer";

/** Files with a mistake that only the server sees, and what is said of it. */
const mistakes: readonly (readonly [files: ShopFiles, where: string, said: string])[] = [
  [
    {
      'datasets/secret.sql':
        '-- é 😀\nselect s.id as secret_id,\n  /* 😀 */ s.marker + 1 as marker from shop_secret s\n',
    },
    'secret.sql:3:20',
    `${select} at "+": ${takes}`,
  ],
  [
    {
      'datasets/secret.sql': 'select s.id as secret_id, frobnicate(s.marker) as marker from shop_secret s;\n',
    },
    'secret.sql:1:27',
    `${select} at "frobnicate": ${takes}`,
  ],
  [
    {
      'datasets/secret.sql': 'select s.id as secret_id, (s.marker::numbr)::text as marker from shop_secret s',
    },
    'secret.sql:1:38',
    `${select} at "numbr": there is no type or other object of this name (SQLSTATE 42704).`,
  ],
  [
    { 'datasets/secret.sql': "select s.id + 'hunter2'::bigint as secret_id, s.marker from shop_secret s" },
    'secret.sql:1:15',
    `${select}: a constant cannot be read as the type that it becomes (SQLSTATE 22P02).`,
  ],
  [
    altered('datasets/customer.yaml', 'sql: age >= 18', 'sql: "age > 0 and marker > 5"'),
    'customer.yaml:11:40',
    `${rule} at ">": ${takes}`,
  ],
  [
    altered('datasets/customer.yaml', 'sql: age >= 18,', 'sql: age >= 18 and frob(age),'),
    'customer.yaml:11:34',
    `${rule} at "frob": ${takes}`,
  ],
];

test("what the server refuses is told with the file's line and column, and the word there", async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  for (const [files, where, said] of mistakes) {
    const { faults } = await proveDatasets(session, await readMarkedShop(files));
    assert.deepEqual(
      faults.map(({ position, message }) => [
        `${basename(position?.file ?? '')}:${position?.line}:${position?.column}`,
        message,
      ]),
      [[where, said]],
    );
    for (const { code, remedy } of faults) {
      assert.equal(code, where.startsWith('secret') ? 'NJ-CONTRACT-SELECT' : 'NJ-CONTRACT-CONDITION');
      assert.doesNotMatch(remedy, /rows/);
    }
  }
});

test('all that differs from a contract is told at once, each mistake once, whoever reads the dataset', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  const faultsOf = async (files: ShopFiles): Promise<readonly (readonly [string, string])[]> => {
    const { faults } = await proveDatasets(session, await readMarkedShop(files));
    return faults.map(({ code, message }) => [code, message]);
  };
  const contract = shopFiles['datasets/secret.yaml'];
  const wrong = 'select s.id::text as secret_id, s.id as marker, null::date as gone from shop_secret s';
  const reader = {
    'datasets/secret.yaml': `${contract}  gone: { type: date, from: nothing, description: A date. }\n`,
    'datasets/of_secret.sql': 'select s.secret_id, s.marker, s.gone from secret s',
    'datasets/of_secret.yaml': `${contract}  gone: { type: date, from: nothing, description: A date. }\n`,
  };
  assert.deepEqual(await faultsOf({ ...reader, 'datasets/secret.sql': wrong }), [
    [
      'NJ-CONTRACT-COLUMNS',
      'The SELECT of dataset secret does not give what its contract says: ' +
        'secret_id is text, and the contract says bigint; marker is bigint, and the contract says text.',
    ],
  ]);
  // A condition of a contract is looked at whatever is wrong with a SELECT.
  const faults = await faultsOf({
    ...reader,
    'datasets/secret.sql': 'select frob(s.id) as secret_id, s.marker, null::date as gone from shop_secret s',
    ...altered('datasets/customer.yaml', 'sql: age >= 18,', 'sql: age >= 18 and frob(age),'),
  });
  assert.deepEqual(
    faults.map(([code]) => code),
    ['NJ-CONTRACT-SELECT', 'NJ-CONTRACT-CONDITION'],
  );
});
