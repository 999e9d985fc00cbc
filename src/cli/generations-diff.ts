import { colours } from './colours.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { unknownName } from '../pipeline/unknown-name.ts';
import { diffGenerations, diffKeys, type DatasetDiff, type KeyDiff } from '../publish/diff.ts';
import { keptAmong, listGenerations } from '../publish/generations.ts';
import type { Session } from '../warehouse/session.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { amount } from '../error/amount.ts';
import { table } from './output.ts';
import { writeOut } from './write-out.ts';

interface DiffOptions extends CommonOptions {
  readonly dataset?: string;
  readonly limit: number;
  readonly ndjson?: boolean;
}

export async function diffCommand(
  from: number,
  to: number,
  options: DiffOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session } = warehouse;
  await checkKept(session, [from, to]);
  const all = await diffGenerations(session, from, to);
  const diffs = all.filter((diff) => options.dataset === undefined || diff.dataset === options.dataset);
  if (options.dataset !== undefined && diffs.length === 0) {
    const known = all.map((diff) => diff.dataset);
    throw unknownName('dataset', options.dataset, known);
  }
  const changed = diffs.filter((diff) => diff.entered + diff.left + diff.changed > 0);
  const pair = { from, to };
  if (options.ndjson === true) {
    await printKeys(session, changed, pair, Infinity, (key) => writeOut(`${JSON.stringify(key)}\n`));
    return exitCode.done;
  }
  for (const diff of diffs) output.tell({ ...pair, ...diff });
  if (output.json) {
    if (options.dataset !== undefined)
      await printKeys(session, changed, pair, options.limit, (key) => {
        output.tell(key);
        return Promise.resolve(true);
      });
    return exitCode.done;
  }
  output.say(`From generation ${from} to ${to} of ${colours.bold(warehouse.environment.name)}:`);
  if (changed.length === 0) {
    output.say(`Generations ${from} and ${to} hold the same rows in ${amount(diffs.length, 'dataset')}.`);
    return exitCode.done;
  }
  const rows = changed.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]);
  for (const line of table(['dataset', 'entered', 'left', 'changed'], rows)) output.say(line);
  const same = diffs.length - changed.length;
  if (same > 0) output.say(`${amount(same, 'dataset')} the same.`);
  if (options.dataset !== undefined) {
    output.say();
    await printKeys(session, changed, pair, options.limit, ({ kind, key }) => {
      output.say(`${kind.padEnd(8)} ${JSON.stringify(key)}`);
      return Promise.resolve(true);
    });
    const keys = changed.reduce((sum, diff) => sum + diff.entered + diff.left + diff.changed, 0);
    if (keys > options.limit)
      output.say(
        `${amount(keys - options.limit, 'key')} more: --limit ${keys} shows all here, --ndjson each as an object.`,
      );
  }
  return exitCode.done;
}

/** Prints at most `limit` keys of each dataset, until `print` gives false. */
async function printKeys(
  session: Session,
  diffs: readonly DatasetDiff[],
  pair: { readonly from: number; readonly to: number },
  limit: number,
  print: (key: KeyDiff) => Promise<boolean>,
): Promise<void> {
  for (const { dataset } of diffs) {
    let printed = 0;
    for await (const key of diffKeys(session, dataset, pair)) {
      if (printed === limit) break;
      printed++;
      if (!(await print(key))) return;
    }
  }
}

/** Throws NJ-PUBLISH-NO-GENERATION for one whose rows are gone, or never were. */
async function checkKept(session: Session, wanted: readonly number[]): Promise<void> {
  const all = await listGenerations(session);
  for (const one of wanted) {
    if (!all.some(({ number, state }) => state === 'published' && number === one)) {
      const about = { what: 'published generation', wanted: one, available: keptAmong(all) } as const;
      throw nightjarError('NJ-PUBLISH-NO-GENERATION', about);
    }
  }
}
