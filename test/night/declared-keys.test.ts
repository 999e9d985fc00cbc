import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered } from '../harness/marked-shop.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

/** The lines of orders, declared as if each order had one. */
const wrong = altered('sources/shop.yaml', 'key: [order_no, line_no]', 'key: [line_no]');
const message =
  'The declared key of table shop.order_line (line_no) does not tell its rows apart: 3 keys belong to more than one row.';

test('a declared key that does not tell the rows apart ends the run, from PostgreSQL and MariaDB', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbShop();
  await shop.mark('n1');
  await maria.renew('n1');
  const refused = { code: 'NJ-SOURCE-KEY-FALSE', message };
  await assert.rejects(shop.night({ files: wrong }), refused);
  await assert.rejects(shop.night({ files: wrong, environment: maria.environment() }), refused);
  await shop.night({ environment: maria.environment() });
});

test('a key that the source does not keep is proved by what was read', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  // A unique index over what may be null proves nothing, nor does one of a parent what is in its children.
  await shop.inSource(`alter table shop.order_line drop constraint order_line_pkey;
    alter table shop.order_line alter order_no drop not null, alter line_no drop not null;
    create unique index on shop.order_line (order_no, line_no);
    create table shop.more () inherits (shop.customer)`);
  await shop.night();
  await shop.inSource(`insert into shop.order_line select null, 1, 1, 'n1', 1 from generate_series(1, 2)`);
  await assert.rejects(shop.night(), {
    code: 'NJ-SOURCE-KEY-FALSE',
    message:
      'The declared key of table shop.order_line (order_no, line_no) does not tell its rows apart: 2 rows lack a part of it.',
  });
  await shop.inSource(`delete from shop.order_line where order_no is null;
    insert into shop.more select * from shop.customer where id = 7`);
  await assert.rejects(shop.night(), {
    code: 'NJ-SOURCE-KEY-FALSE',
    message:
      'The declared key of table shop.customer (id) does not tell its rows apart: 1 key belongs to more than one row.',
  });
});
