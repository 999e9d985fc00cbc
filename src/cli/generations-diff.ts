import { nightjarError } from '../error/nightjar-error.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import { diffGenerations, diffKeys, type DatasetDiff } from '../publish/diff.ts';
import { listGenerations } from '../publish/generations.ts';
import type { Session } from '../warehouse/session.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { plural, table } from './output.ts';

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
    const nearest = nearestName(options.dataset, known);
    throw nightjarError('NJ-USE-VALUE', {
      option: '--dataset',
      found: options.dataset,
      expected: nearest === undefined ? `one of ${known.join(', ')}` : `a dataset, such as ${nearest}`,
    });
  }
  const changed = diffs.filter((diff) => diff.entered + diff.left + diff.changed > 0);
  if (options.ndjson === true) {
    await printKeys(session, changed, { from, to }, Number.MAX_SAFE_INTEGER, (key) => {
      process.stdout.write(`${JSON.stringify(key)}\n`);
    });
    return exitCode.done;
  }
  for (const diff of diffs) output.tell({ from, to, ...diff });
  if (changed.length === 0) {
    output.say(`Generations ${from} and ${to} hold the same rows in ${plural(diffs.length, 'dataset')}.`);
    return exitCode.done;
  }
  const rows = changed.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]);
  for (const line of table(['dataset', 'entered', 'left', 'changed'], rows)) output.say(line);
  const same = diffs.length - changed.length;
  if (same > 0) output.say(`${plural(same, 'dataset')} the same.`);
  if (options.dataset !== undefined) {
    output.say();
    await printKeys(session, changed, { from, to }, options.limit, ({ kind, key }) => {
      output.say(`${kind.padEnd(8)} ${JSON.stringify(key)}`);
    });
  }
  return exitCode.done;
}

async function printKeys(
  session: Session,
  diffs: readonly DatasetDiff[],
  pair: { from: number; to: number },
  limit: number,
  print: (key: { dataset: string; kind: string; key: object }) => void,
): Promise<void> {
  for (const { dataset } of diffs) {
    // Nobody listens any more (`… | head`).
    if (!process.stdout.writable) return;
    for (const key of await diffKeys(session, dataset, pair, limit)) print(key);
  }
}

/** Throws NJ-PUBLISH-NO-GENERATION for one whose rows are gone, or never were. */
async function checkKept(session: Session, wanted: readonly number[]): Promise<void> {
  const kept = (await listGenerations(session))
    .filter((one) => one.state === 'published')
    .map((one) => one.number);
  for (const one of wanted) {
    if (!kept.includes(one)) {
      throw nightjarError('NJ-PUBLISH-NO-GENERATION', { wanted: one, available: kept.join(', ') || 'none' });
    }
  }
}
