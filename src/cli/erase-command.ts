import { typedKey } from '../audit/typed-key.ts';
import { printKeys } from '../build/print-key.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { generationsWithKey, strikeOut } from '../publish/erase.ts';
import { Lease } from '../publish/lease.ts';
import { warehouseAddress, type WarehouseAddress } from '../warehouse/address.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { findDataset } from './find-dataset.ts';
import { openWarehouse } from './open-warehouse.ts';
import { personInUse } from './person.ts';

interface EraseOptions extends CommonOptions {
  readonly reason: string;
  readonly dryRun?: boolean;
}

/** Strikes a key out, in the name of whoever holds the token. */
export async function eraseCommand(
  name: string,
  words: readonly string[],
  options: EraseOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  const reason = options.reason.trim();
  if (reason === '')
    throw nightjarError('NJ-USE-VALUE', {
      option: '--reason',
      found: undefined,
      expected: 'a reason in words',
    });
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const dataset = findDataset(pipeline, name);
  const key = await typedKey(session, dataset, words);
  const person = personInUse(environment.people, process.env);
  const refer = pipeline.datasets
    .filter((other) => other.contract.references.some((reference) => reference.dataset === dataset.name))
    .map((other) => other.name);
  const dryRun = options.dryRun === true;
  const printed = printKeys([key], dataset.contract.key).join('');
  const erasure = { dataset: dataset.name, key, printed, reason, person };
  let generations: readonly number[];
  if (dryRun) {
    generations = (await generationsWithKey(session, erasure)).map(({ generation }) => generation);
  } else {
    const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
    await using lease = await Lease.take(address, signal);
    generations = await strikeOut(session, lease.fence, erasure);
  }
  output.tell({ environment: environment.name, ...erasure, generations, refer, dryRun });
  const where = generations.length === 0 ? 'none that is kept' : generations.join(', ');
  output.say(
    `${printed} of ${dataset.name} ${dryRun ? 'would be' : 'is'} struck out by ${person}; generations that held it: ${where}.`,
  );
  if (refer.length > 0)
    output.say(`Datasets that may refer to it, and keep what they have: ${refer.join(', ')}.`);
  return exitCode.done;
}
