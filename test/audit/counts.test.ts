import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

/** A server that loses one secret of each candidate, once it has said how many it took. */
async function loseSecret(shop: ShopNights): Promise<void> {
  await shop.warehouse.asSuperuser(async (client) => {
    await client.query(`
      create function public.lose() returns trigger language plpgsql security definer as $lose$
        begin
          execute format('delete from %I.%I where secret_id = 3', tg_table_schema, tg_table_name);
          return null;
        end $lose$;
      create function public.watch() returns event_trigger language plpgsql security definer as $watch$
        declare made record;
        begin
          for made in select * from pg_event_trigger_ddl_commands() where object_identity ~ '^generation_[0-9]+[.]secret$' loop
            execute 'create trigger lose after insert on ' || made.object_identity || ' execute function public.lose()';
          end loop;
        end $watch$;
      create event trigger losing on ddl_command_end when tag in ('CREATE TABLE') execute function public.watch();`);
  });
}

test('a row that is lost on the way from the SELECT fails the run, though nothing else counts it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await loseSecret(shop);
  await assert.rejects(shop.night(), {
    code: 'NJ-INTERNAL-UNEXPECTED',
    message: /the count of the rows of dataset secret \(not what was read, less what was left out\)/,
  });
});

test('a consumer sees how many rows were read, left out and held', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await shop.inSource(`update shop.customer set age = 3 where id = 5;
    update shop.customer set email = repeat('x', 61) where id = 6;
    insert into shop.customer values (21, 'n2', 'n2', 3), (22, 'n2', repeat('x', 61), 40)`);
  assert.deepEqual((await judgedNight(shop)).failed, []);
  const client = await shop.warehouse.connectAs('reader');
  const { rows } = await client.query<Record<string, unknown>>(
    `select rows::int, read_rows::int, left_out_rows::int, held_rows::int from shop_view.dataset where dataset = 'customer'`,
  );
  await client.end();
  assert.deepEqual(rows, [{ rows: 20, read_rows: 22, left_out_rows: 2, held_rows: 2 }]);
});
