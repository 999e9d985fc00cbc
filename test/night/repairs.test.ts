import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered, type ShopFiles } from '../harness/marked-shop.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { assertNothingShown, failing, lastRun, marker } from './failing-night.ts';
import { digestsOf, leftovers } from './leftovers.ts';

/** The shop, with e-mail addresses that are days: MariaDB keeps some that are in no calendar. */
const emailsAreDays: ShopFiles = {
  ...altered('sources/shop.yaml', 'email: text', 'email: date'),
  ...altered('datasets/customer.sql', 'c.email', 'c.email::text'),
};
const days = 'alter table customer modify email date null;';
const none = 'update customer set email = null;';

interface Repair {
  readonly name: string;
  readonly harm: string;
  readonly files?: ShopFiles;
  readonly sentence: RegExp;
}

const withoutKey: ShopFiles = altered(
  'sources/shop.yaml',
  'secret: { key: [id], columns:',
  'secret: { columns:',
);

const repairs: readonly Repair[] = [
  {
    name: 'a zero date',
    harm: `${none} ${days} update customer set email = '0000-00-00' where id in (3, 4);`,
    files: emailsAreDays,
    sentence:
      /^2 cells of shop_customer\.email had to be repaired on the way \(id 3; id 4\); the contract accepts 0\.$/,
  },
  {
    name: 'a NUL',
    harm: 'update customer set email = concat(email, char(0)) where id = 5',
    sentence: /^1 cell of shop_customer\.email .* \(id 5\); the contract accepts 0\.$/,
  },
  {
    // MariaDB hands on half a character of UTF-16 as it is.
    name: 'bytes that are not UTF-8',
    harm: `${none} alter table customer modify email text charset ucs2;
      update customer set email = x'0061D800' where id <= 6;`,
    sentence:
      /^6 cells of shop_customer\.email .* \(id 1; id 2; id 3; id 4; id 5, …\); the contract accepts 0\.$/,
  },
  {
    name: 'a number out of range',
    harm: `alter table customer modify age bigint unsigned;
      update customer set age = 18446744073709551615 where id = 8`,
    files: altered('datasets/customer.yaml', 'shop_customer.email: 0', 'shop_customer.age: 0'),
    sentence: /^1 cell of shop_customer\.age .* \(id 8\); the contract accepts 0\.$/,
  },
  {
    name: 'a number out of range in a key',
    harm: `alter table customer modify id bigint unsigned;
      insert into customer values (18446744073709551615, '${marker}', null, 40)`,
    sentence: /^1 cell of shop_customer\.id had to be repaired on the way; the contract accepts 0\.$/,
  },
  {
    name: 'a cell of a table without a key, which comes to the key of a dataset',
    harm: `alter table secret drop primary key, modify id text; update secret set id = concat('${marker}', char(0)) where id = 2`,
    files: {
      'sources/shop.yaml': (withoutKey['sources/shop.yaml'] ?? '').replace(
        'columns: { id: bigint, marker: text } }\n',
        'columns: { id: text, marker: text } }\n',
      ),
      ...altered('datasets/secret.yaml', 'secret_id: { type: bigint', 'secret_id: { type: text'),
    },
    sentence: /^1 cell of shop_secret\.id had to be repaired on the way; the contract accepts 0\.$/,
  },
];

for (const major of [15, 18] as const) {
  test(`more repaired cells than a contract or a key accepts end the run, on ${major}`, async (t) => {
    await using shop = await shopNights(await testPostgres(major));
    await using maria = await mariadbShop();
    await maria.renew(marker);
    await shop.night({ environment: maria.environment() });
    const published = await digestsOf(shop);
    const said: string[] = [];
    for (const { name, harm, files, sentence } of repairs) {
      await t.test(name, async () => {
        await maria.renew(marker);
        await maria.inSource(harm);
        const environment = maria.environment();
        const error = await failing(shop, said, { environment, ...(files && { files }) });
        assert.equal(error.code, 'NJ-CONTRACT-REPAIRS', error.message);
        assert.match(error.message, sentence);
        assert.deepEqual(await lastRun(shop), ['failed', 'NJ-CONTRACT-REPAIRS']);
        assert.deepEqual(await digestsOf(shop), published);
        assert.deepEqual(await leftovers(shop), ['generation_1']);
      });
    }
    await t.test('and none of it showed a value of a row', () => assertNothingShown(shop, said));
  });

  test(`as many as a contract accepts are published, repaired and counted, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using maria = await mariadbShop();
    await maria.renew('n1');
    await maria.inSource(`
      alter table customer modify age bigint unsigned;
      update customer set age = 18446744073709551615 where id = 8;
      update customer set email = concat('a', char(0), 'b') where id in (1, 2);
      alter table secret modify marker text charset ucs2; update secret set marker = x'0061D800' where id = 3`);
    await shop.night({
      environment: maria.environment(),
      files: {
        ...altered(
          'datasets/customer.yaml',
          'repair_limits:\n  shop_customer.email: 0',
          'office: marker\nrepair_limits:\n  shop_customer.email: 2',
        ),
        'datasets/customer.sql': `select c.id as customer_id, coalesce(s.marker, c.marker) as marker, c.email, c.age
          from shop_customer c left join shop_secret s on s.id = c.id`,
      },
    });
    const reader = await shop.warehouse.connectAs('reader');
    const { rows: customers } = await reader.query<Record<string, unknown>>(
      'select customer_id::int, email, age from shop_view.customer where customer_id in (1, 2, 8) order by 1',
    );
    assert.deepEqual(customers, [
      { customer_id: 1, email: 'ab', age: 31 },
      { customer_id: 2, email: 'ab', age: 32 },
    ]);
    const { rows: counted } = await reader.query<Record<string, unknown>>(
      "select dataset, repairs from shop_view.dataset where dataset = 'customer'",
    );
    assert.deepEqual(counted, [
      {
        dataset: 'customer',
        repairs: [
          { table: 'shop_customer', column: 'email', kind: 'nul', cells: 2 },
          { table: 'shop_customer', column: 'age', kind: 'out-of-range', cells: 1 },
          { table: 'shop_secret', column: 'marker', kind: 'not-utf8', cells: 1 },
        ],
      },
    ]);
    await reader.end();
    const insider = await shop.warehouse.connectAs('insider');
    const { rows: secrets } = await insider.query<Record<string, unknown>>(
      'select marker from shop_view.secret where secret_id = 3',
    );
    assert.match(String(secrets[0]?.['marker']), /^a\uFFFD+$/);
    await insider.end();
    await using session = await shop.session();
    assert.deepEqual(
      await session.query(
        'the faults',
        "select dataset, fault, key, left(office, 1) as office from nightjar.data_fault where fault like 'repaired:%' order by 1, 2, 3",
      ),
      [
        ...[1, 2, 8].map((id) => ({
          ...{ dataset: 'customer', fault: 'repaired:shop_customer', key: { customer_id: id }, office: 'n' },
        })),
        // A table that drives no dataset: in each that reads it.
        { dataset: 'customer', fault: 'repaired:shop_secret', key: { customer_id: 3 }, office: 'a' },
        { dataset: 'secret', fault: 'repaired:shop_secret', key: { secret_id: 3 }, office: null },
      ],
    );
  });

  test(`a row with a number that cannot be held is a broken one: its last good version stands in, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using maria = await mariadbShop();
    await maria.renew('n1');
    await maria.inSource('alter table customer modify age bigint unsigned');
    await shop.night({ environment: maria.environment() });
    await maria.inSource(`update customer set email = 'n2@example.invalid';
      update customer set age = 18446744073709551615 where id = 8`);
    await shop.night({ environment: maria.environment() });
    const reader = await shop.warehouse.connectAs('reader');
    const { rows } = await reader.query<Record<string, unknown>>(
      'select customer_id::int, email, age from shop_view.customer where customer_id in (7, 8) order by 1',
    );
    await reader.end();
    assert.deepEqual(rows, [
      { customer_id: 7, email: 'n2@example.invalid', age: 37 },
      { customer_id: 8, email: 'n1@example.invalid', age: 38 },
    ]);
    await using session = await shop.session();
    assert.deepEqual(
      await session.query(
        'the held rows',
        'select dataset, key, rules, outcome from nightjar.held_row where generation = 2',
      ),
      [{ dataset: 'customer', key: { customer_id: 8 }, rules: ['readable:shop_customer'], outcome: 'held' }],
    );
  });
}
