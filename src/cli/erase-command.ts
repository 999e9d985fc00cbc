import { typedKey } from '../audit/typed-key.ts';
import { printKeys } from '../build/print-key.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { amount } from '../error/amount.ts';
import { madeFrom } from '../pipeline/made-from.ts';
import { strikeOut, struckOutSince } from '../publish/erase.ts';
import { publishedGeneration } from '../publish/generations.ts';
import { generationsWithKey } from '../publish/generations-with-key.ts';
import { rowsReferring } from '../publish/rows-referring.ts';
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
  const person = personInUse('An erasure', environment, process.env);
  const dryRun = options.dryRun === true;
  const printed = printKeys([key], dataset.contract.key).join('');
  const erasure = { dataset: dataset.name, key, printed, reason, person };
  const published = await publishedGeneration(session);
  const refer =
    published === undefined ? [] : await rowsReferring(session, published, pipeline.datasets, erasure);
  const readers = madeFrom(pipeline.datasets, dataset.name);
  let generations: readonly number[];
  let already: Date | undefined;
  if (dryRun) {
    const holding = await generationsWithKey(session, erasure, dataset.contract);
    generations = holding.map(({ generation }) => generation);
    already = await struckOutSince(session, erasure);
  } else {
    const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
    await using lease = await Lease.take(address, signal);
    ({ generations, already } = await strikeOut(session, lease.fence, erasure, dataset.contract));
  }
  output.tell({
    ...{ environment: environment.name, ...erasure, generations, already: already?.toISOString() ?? null },
    ...{ refer, madeFrom: readers, dryRun },
  });
  if (already !== undefined)
    output.say(`${printed} of ${dataset.name} was struck out at ${already.toISOString()}.`);
  else output.say(`${printed} of ${dataset.name} ${dryRun ? 'would be' : 'is'} struck out by ${person}.`);
  output.say(
    generations.length === 0
      ? 'No generation that is kept has it; none that comes will.'
      : `It ${dryRun ? 'would go' : 'has gone'} from generation ${generations.join(', ')}; none that comes will have it.`,
  );
  for (const { dataset: other, rows } of refer)
    output.say(`${other} refers to it in ${amount(rows, 'row')}, which keep what they have.`);
  // Of what no generation held, nothing was taken.
  for (const other of generations.length === 0 ? [] : readers)
    output.say(
      `${other} is made from ${dataset.name}: what its rows took from it stays published until the next night, and in the generations kept until they go.`,
    );
  return exitCode.done;
}
