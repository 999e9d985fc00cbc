import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WarehouseAddress } from '../../src/warehouse/address.ts';
import type { ConsumerDeclaration } from '../../src/pipeline/deployment.ts';
import { writeMarkedShop, type ShopFiles } from './marked-shop.ts';
import { startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';

const program = new URL('../../src/cli/main.ts', import.meta.url).pathname;

export interface CommandEnd {
  readonly code: number | NodeJS.Signals;
  /** Standard output, line by line. */
  readonly lines: readonly string[];
  /** Standard error. */
  readonly complaints: string;
}

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
    run: async (args, variables = {}) => {
      const started = startProgram([program, ...args, '--file', file], { NO_COLOR: '1', ...variables });
      const lines: string[] = [];
      for (let line = await started.line(); line !== undefined; line = await started.line()) lines.push(line);
      return { code: await started.ended, lines, complaints: started.complaints() };
    },
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
