import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { altered, writeMarkedShop, type ShopFiles } from '../harness/marked-shop.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { startPostgres } from '../harness/postgres.ts';
import { commandVariables, shopDeployment, testToken } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { assertNothingShown, marker, shownValue } from './failing-night.ts';

interface Step {
  readonly args: readonly string[];
  readonly from: 'postgres' | 'maria';
  /** What is done to MariaDB's shop before. */
  readonly harm?: string;
  readonly files?: ShopFiles;
  /** What the output must say: that the step met what it is for. */
  readonly says: RegExp;
  readonly ends: number;
}

/** A value that cannot be read, in the night of each source; texts and numbers. */
const unreadableText = altered('datasets/customer.sql', 'c.age from', 'c.marker::bigint as age from');
const unreadableNumber = altered(
  'datasets/purchase.sql',
  'l.price',
  "(l.price::text || 'x')::numeric as price",
);

const steps: readonly Step[] = [
  { args: ['run', '--first'], from: 'postgres', says: /published/, ends: 0 },
  { args: ['run'], from: 'postgres', files: unreadableText, says: /NJ-CONTRACT-BUILD/, ends: 1 },
  { args: ['run', '--json'], from: 'maria', files: unreadableNumber, says: /NJ-CONTRACT-BUILD/, ends: 1 },
  {
    args: ['run'],
    from: 'maria',
    files: altered('datasets/customer.yaml', 'varchar(60)', 'varchar(6)'),
    says: /\[held_rows:customer\].*fits:email \(20\)/,
    ends: 4,
  },
  {
    args: ['run', '--json'],
    from: 'postgres',
    files: altered('datasets/purchase.yaml', 'numeric(10,2)', 'numeric(6,2)'),
    says: /\[held_rows:purchase\].*fits:price \(60\)/,
    ends: 4,
  },
  {
    args: ['run'],
    from: 'maria',
    files: altered(
      'datasets/secret.yaml',
      'columns:',
      "guards: { held_rows: { rows: 0, percent: 0 } }\nrules:\n  none: { sql: marker = '', description: N. }\ncolumns:",
    ),
    says: /\[held_rows:secret\].*none \(5\)/,
    ends: 4,
  },
  {
    args: ['run'],
    from: 'maria',
    harm: 'update customer set email = concat(email, char(0)) where id = 5',
    says: /NJ-CONTRACT-REPAIRS/,
    ends: 1,
  },
  {
    args: ['run'],
    from: 'maria',
    harm: 'delete from order_line',
    says: /NJ-GUARD-HELD[^]*\[departures:purchase\]/,
    ends: 4,
  },
  { args: ['hold'], from: 'maria', says: /Such as: order_no 1, line_no 1/, ends: 0 },
  { args: ['hold', '--json'], from: 'maria', says: /departures:purchase/, ends: 0 },
  {
    args: ['run'],
    from: 'maria',
    harm: 'update customer set email = repeat(email, 99) where id = 5',
    says: /NJ-SOURCE-ROW-TOO-LARGE/,
    ends: 1,
  },
  { args: ['check'], from: 'maria', files: unreadableText, says: /no fault/, ends: 0 },
  { args: ['status'], from: 'postgres', says: /NJ-SOURCE-ROW-TOO-LARGE/, ends: 0 },
  { args: ['status', '--json'], from: 'postgres', says: /NJ-SOURCE-ROW-TOO-LARGE/, ends: 0 },
  { args: ['generations', 'show', '1'], from: 'postgres', says: /purchase/, ends: 0 },
  {
    args: ['verify', '--keys', '9'],
    from: 'maria',
    harm: "update customer set email = concat(email, 'x') where id = 5; delete from order_line where line_no = 2",
    says: /NJ-PUBLISH-DIFFERS/,
    ends: 1,
  },
  { args: ['why', 'customer', '5'], from: 'postgres', says: /customer_id 5 of customer/, ends: 0 },
  { args: ['why', 'customer', '99', '--json'], from: 'postgres', says: /99/, ends: 0 },
  { args: ['faults', '--csv'], from: 'postgres', says: /dataset/, ends: 0 },
  {
    args: ['erase', 'customer', '5', '--reason', 'asked', '--dry-run'],
    from: 'postgres',
    says: /customer_id 5/,
    ends: 0,
  },
];

test('the command line shows no value of a row when a night fails, nor does the server keep one in its log', async (t) => {
  await using place = await temporaryFolder();
  const data = join(place.path, 'postgres');
  await using server = await startPostgres(18, { dataFolder: data });
  await using shop = await shopNights(server);
  await using maria = await mariadbShop();
  for (const from of ['postgres', 'maria'] as const)
    await writeFile(
      join(place.path, `${from}.yaml`),
      shopDeployment(from === 'maria' ? maria : undefined, shop),
    );
  await mkdir(join(place.path, 'shop'));
  await shop.mark(marker);
  const said: string[] = [];
  for (const { args, from, harm, files, says, ends } of steps) {
    await t.test(`${args.join(' ')}, from ${from}: ${says.source}`, async () => {
      await maria.renew(marker);
      if (harm !== undefined) await maria.inSource(harm);
      await writeMarkedShop(join(place.path, 'shop'), files);
      const file = join(place.path, `${from}.yaml`);
      const { code: ended, output } = await runNightjar([...args, '--file', file], {
        ...commandVariables(shop, maria),
        NIGHTJAR_TOKEN: testToken,
      });
      assert.match(output, says);
      assert.equal(ended, ends, output);
      said.push(output);
    });
  }
  await assertNothingShown(shop, said);
  const logged = await readFile(join(data, 'postgresql.log'), 'utf8');
  assert.match(logged, /ready to accept connections/);
  assert.doesNotMatch(logged, shownValue);
});
