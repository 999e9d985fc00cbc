import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WarehouseAddress } from '../../src/warehouse/address.ts';
import type { ConsumerDeclaration } from '../../src/pipeline/deployment.ts';
import { runNightjar, type CommandEnd } from './command.ts';
import { writeMarkedShop, type ShopFiles } from './marked-shop.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder with the marked shop's pipeline (`shop`) and a deployment file, and the program as a user runs it there. */
export interface CommandPlace extends AsyncDisposable {
  readonly path: string;
  run(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<CommandEnd>;
}

/** @param environments as the deployment file has them, by name. */
export async function commandPlace(
  environments: Readonly<Record<string, object>>,
  files: ShopFiles = {},
): Promise<CommandPlace> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'nightjar.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ environments }));
  await mkdir(join(folder.path, 'shop'));
  await writeMarkedShop(join(folder.path, 'shop'), files);
  return {
    path: folder.path,
    run: (args, variables = {}) => runNightjar([...args, '--file', file], variables),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Where a warehouse is, as a deployment file says it. Its password is in `WAREHOUSE_PASSWORD`. */
export function warehouseFile(address: WarehouseAddress): object {
  const { host, port, user, database } = address;
  return { host, port, user, password: '${WAREHOUSE_PASSWORD}', database };
}

export function consumersFile(consumers: readonly ConsumerDeclaration[]): object {
  return Object.fromEntries(
    consumers.map(({ name, description, logins, pin, reads }) => [name, { description, logins, pin, reads }]),
  );
}
