import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import { altered, writeMarkedShop, type ShopFiles } from '../harness/marked-shop.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** What is told of one mistake: its cause, first, and nothing that is not so. */
const mistakes: readonly (readonly [what: string, files: ShopFiles, faults: readonly RegExp[]])[] = [
  [
    'a dataset with the name of a raw table',
    {
      'datasets/shop_secret.sql': 'select c.id as only_here from shop_customer c\n',
      'datasets/shop_secret.yaml': `description: A.
grain: one row
key: [only_here]
columns:
  only_here: { type: bigint, presence: required, from: shop.customer.id, description: The id. }
`,
    },
    [/^NJ-CONFIG-NAME-TWICE .*"shop_secret", which the dataset shop_secret has already/],
  ],
  [
    'a table that is there twice',
    altered('sources/shop.yaml', '  secret:', '  customer:'),
    [/^NJ-CONFIG-KEY-TWICE "customer" is here a second time/, /^NJ-CONFIG-SQL-TABLE .*"shop_secret"/],
  ],
  [
    'a rule that looks into a raw table',
    altered('datasets/customer.yaml', 'sql: age >= 18', 'sql: exists (select 1 from shop_secret)'),
    [/^NJ-CONFIG-SQL-STATEMENT .*a subquery/],
  ],
  [
    'a misspelt presence of a key column',
    altered('datasets/secret.yaml', 'presence: required', 'presense: required'),
    [/^NJ-CONFIG-KEY-UNKNOWN .*"presense"/],
  ],
  [
    'no presence of a key column',
    altered('datasets/secret.yaml', ' presence: required,', ''),
    [/^NJ-CONFIG-VALUE .*none, which means "optional"/],
  ],
];

for (const [what, files, expected] of mistakes) {
  test(`one mistake is told of as one: ${what}`, async () => {
    await using place = await temporaryFolder();
    await writeMarkedShop(place.path, files);
    const { faults } = await readPipeline(place.path);
    const said = faults.map(({ code, message }) => `${code} ${message}`);
    assert.equal(said.length, expected.length, said.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(said[index] ?? '', pattern);
  });
}
