import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { withContract } from './judged-shop.ts';

const files = {
  ...withContract(
    'customer',
    `office: case when customer_id % 2 = 0 then 'Even' else 'Odd, "the rest"' end
faults:
  aged: { sql: age > 48, description: "Older than 48, or so they say." }
  never_bought:
    sql: not exists (select from shop_order_line l where l.customer_id = customer.customer_id)
    description: Never bought anything.
`,
  ),
  ...withContract('purchase', 'references: { customer_id: customer }\n'),
};

async function listed(shop: ShopNights, generation: number): Promise<readonly unknown[]> {
  await using session = await shop.session();
  const rows = await session.query<Record<string, unknown>>(
    'the faults',
    `select dataset, fault, key, office, since::text from nightjar.data_fault where generation = ${generation} order by 1, 2, 3`,
  );
  return rows.map((row) => [row['dataset'], row['fault'], row['key'], row['office'], row['since']]);
}

for (const major of [15, 18] as const) {
  test(`those who can mend the source are told what is wrong in it, and since when, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1', { files });
    const odd = 'Odd, "the rest"';
    const first = [
      ['customer', 'aged', { customer_id: 19 }, odd, '2026-11-20'],
      ['customer', 'aged', { customer_id: 20 }, 'Even', '2026-11-20'],
    ];
    assert.deepEqual(await listed(shop, 1), first);
    await shop.inSource(`update shop.customer set age = 3 where id = 4;
      insert into shop.customer values (31, 'n2', 'n2', 4);
      delete from shop.order_line where customer_id = 7;
      update shop.order_line set customer_id = 99 where order_no = 1 and line_no = 1`);
    const { generation = 0 } = await shop.night({ files });
    assert.deepEqual(await listed(shop, generation), [
      ...first,
      ['customer', 'held:grown_up', { customer_id: 4 }, 'Even', '2026-11-21'],
      ['customer', 'left out:grown_up', { customer_id: 31 }, null, '2026-11-21'],
      ['customer', 'never_bought', { customer_id: 7 }, odd, '2026-11-21'],
      ['purchase', 'orphan:customer_id', { line_no: 1, order_no: 1 }, null, '2026-11-21'],
    ]);
  });
}

test('the faults are counted on the screen, and row by row a CSV that a spreadsheet takes as it is', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(place.path, 'shop'), {
    ...files,
    ...withContract('purchase', 'references: { customer_id: customer }\noffice: "\'=cmd\'"\n'),
  });
  await shop.mark('n1');
  await shop.inSource('update shop.order_line set customer_id = 99 where order_no = 1 and line_no = 1');
  await shop.inSource('update shop.customer set age = 3 where id = 4');
  const nightjar = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, lines, output } = await runNightjar([...args, '--file', file], commandVariables(shop));
    assert.equal(code, 0, output);
    return lines;
  };
  await nightjar('run', '--first', '--night', '2026-11-20');
  assert.deepEqual(await nightjar('faults'), [
    'Generation 1 of test: rows with a fault that someone can mend.',
    'dataset   rows  fault',
    'customer     2  Older than 48, or so they say',
    'customer     1  left out, because it breaks "Only grown-ups buy"',
    'purchase     4  customer_id leads nowhere',
  ]);
  const csv = await nightjar('faults', '--csv');
  assert.deepEqual(csv.slice(0, 2), [
    'office,dataset,key,fault,in words,since',
    // What begins as a formula does must not become one.
    `'=cmd,purchase,"order_no 1, line_no 1",orphan:customer_id,customer_id leads nowhere,2026-11-20`,
  ]);
  assert.ok(
    csv.includes('Even,customer,customer_id 20,aged,"Older than 48, or so they say",2026-11-20'),
    csv.join('\n'),
  );
  assert.equal(csv.length, 8);
  assert.deepEqual(await nightjar('faults', '--office', 'Even'), [
    'Generation 1 of test: rows of "Even" with a fault that someone can mend.',
    'customer  customer_id 20  Older than 48, or so they say, since 2026-11-20',
  ]);
  assert.deepEqual(await nightjar('faults', '--office', 'Evn'), [
    'Generation 1 of test: rows of "Evn" with a fault that someone can mend.',
    'None. Offices with some: "=cmd", "Even", "Odd, "the rest"".',
  ]);
});
