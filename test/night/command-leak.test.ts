import assert from 'node:assert/strict';
import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProgram } from '../harness/program.ts';
import { altered, writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const marker = 'Zq7LeakMarker';
const program = new URL('../../src/cli/main.ts', import.meta.url).pathname;

test('the command line shows no value of a row when a night fails, also to a program and to who looks for the cause', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, deployment(shop));
  await mkdir(join(place.path, 'shop'));
  const failures = [
    [
      altered('datasets/customer.sql', 'c.age from', 'c.marker::bigint as age from'),
      'NJ-CONTRACT-BUILD',
      ['run'],
    ],
    [
      altered('datasets/customer.yaml', 'varchar(60)', 'varchar(6)'),
      'NJ-CONTRACT-TOO-LONG',
      ['run', '--json'],
    ],
    [{}, 'NJ-CONTRACT-TOO-LONG', ['status']],
  ] as const;
  await shop.mark(marker);
  for (const [files, code, args] of failures) {
    await writeMarkedShop(join(place.path, 'shop'), files);
    const { ended, complaints, words } = await run([...args, '--file', file], variables(shop));
    assert.equal(ended === 0, args[0] === 'status');
    assert.match(complaints + words, new RegExp(code));
    assert.doesNotMatch(complaints + words, /LeakMarker/, args.join(' '));
  }
});

async function run(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ ended: number | NodeJS.Signals; words: string; complaints: string }> {
  const started = startProgram([program, ...args], { ...environment, NIGHTJAR_DEBUG: '1' });
  const lines: string[] = [];
  for (let line = await started.line(); line !== undefined; line = await started.line()) lines.push(line);
  return { ended: await started.ended, words: lines.join('\n'), complaints: started.complaints() };
}

function variables(shop: ShopNights): NodeJS.ProcessEnv {
  return { SOURCE_PASSWORD: shop.source.password, WAREHOUSE_PASSWORD: shop.warehouse.address.password };
}

function deployment(shop: ShopNights): string {
  const { source } = shop;
  const { address, consumers } = shop.warehouse;
  const written = {
    environments: {
      test: {
        pipeline: 'shop',
        time_zone: 'Europe/London',
        connections: {
          shop: {
            ...{ kind: 'postgres', host: source.host, port: source.port, user: source.user },
            ...{ password: '${SOURCE_PASSWORD}', database: source.database },
          },
        },
        sources: { shop: { connection: 'shop', schema: 'shop' } },
        warehouse: {
          ...{ host: address.host, port: address.port, user: address.user },
          ...{ password: '${WAREHOUSE_PASSWORD}', database: address.database },
        },
        schema: 'shop_view',
        consumers: Object.fromEntries(
          consumers.map(({ name, description, logins, reads }) => [name, { description, logins, reads }]),
        ),
      },
    },
  };
  // JSON is YAML.
  return JSON.stringify(written);
}
