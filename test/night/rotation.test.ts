import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkSources } from '../../src/night/check-sources.ts';
import { connectSource } from '../../src/night/connect-source.ts';
import type { Environment, Setting } from '../../src/pipeline/deployment.ts';
import { settingOf } from '../../src/pipeline/setting.ts';
import { quoteIdentifier } from '../../src/warehouse/identifier.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';
import { uniqueName } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { setting } from '../harness/warehouse.ts';
import { startServerProxy } from '../source/server-proxy.ts';

interface Rotated {
  readonly setting: Setting;
  /** A new password, for the role and in the file, at once. */
  rotate(): Promise<void>;
}

/** A role's password as a deployment refers to it, in a file. */
async function passwordFile(shop: ShopNights, folder: string, role: string): Promise<Rotated> {
  const file = join(folder, role);
  const position = { file: 'nightjar.yaml', line: 1, column: 1 };
  let count = 0;
  const rotate = async (): Promise<void> => {
    const password = `password ${++count} of ${role}`;
    await shop.warehouse.asSuperuser((client) =>
      client.query(`alter role ${quoteIdentifier(role)} password '${password}'`),
    );
    await writeFile(file, `${password}\n`);
  };
  await rotate();
  return { setting: settingOf('${PASSWORD}', position, { PASSWORD_FILE: file }), rotate };
}

for (const major of [15, 18] as const) {
  test(`a night goes on when the passwords in its files change between two connections, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using place = await temporaryFolder();
    const clerk = uniqueName('clerk');
    await shop.inSource(`create role ${clerk} login; grant usage on schema shop to ${clerk};
      grant select on all tables in schema shop to ${clerk}`);
    try {
      const ofSource = await passwordFile(shop, place.path, clerk);
      const ofWarehouse = await passwordFile(shop, place.path, shop.warehouse.address.user);
      const environment: Environment = {
        ...shop.environment,
        connections: shop.environment.connections.map((connection) => ({
          ...connection,
          user: setting(clerk),
          password: ofSource.setting,
        })),
        warehouse: { ...shop.environment.warehouse, password: ofWarehouse.setting },
      };
      await shop.mark('n1');
      const checked = await checkSources(environment, await readMarkedShop(), new AbortController().signal);
      assert.deepEqual(checked.faults, []);
      const report = await shop.night({
        environment,
        connect: (declaration) => {
          const source = connectSource(declaration);
          return {
            ...source,
            // The night is connected to the warehouse by now, and check was to the source.
            read: async (request) => {
              await ofSource.rotate();
              await ofWarehouse.rotate();
              return source.read(request);
            },
          };
        },
      });
      assert.equal(report.generation, 1);
    } finally {
      await shop.inSource(`drop owned by ${clerk}; drop role ${clerk}`);
    }
  });

  test(`a publication whose answer is lost is looked up with a password that has changed since, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using place = await temporaryFolder();
    const { host, port, user } = shop.warehouse.address;
    const password = await passwordFile(shop, place.path, user);
    let cuts = 0;
    await using proxy = await startServerProxy({ host, port }, () => (piece) => {
      if (cuts > 0 || !piece.includes('switch_to')) return piece;
      cuts++;
      return 'cut';
    });
    await shop.mark('n1');
    const report = await shop.night({
      warehouse: { ...shop.environment.warehouse, port: setting(proxy.port), password: password.setting },
      connect: (declaration) => {
        const source = connectSource(declaration);
        return {
          ...source,
          read: async (request) => {
            await password.rotate();
            return source.read(request);
          },
        };
      },
    });
    assert.deepEqual([cuts, report.generation], [1, 1]);
  });
}
