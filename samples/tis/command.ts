import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { amount, grouped } from '../../src/error/amount.ts';
import type { SampleAction, SampleOptions } from '../../src/cli/samples.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { tonight } from '../../src/night/tonight.ts';
import { advanceSample, sampleDay } from './advance.ts';
import { createSample, tablesThere } from './create.ts';
import type { SampleTarget } from './database/target.ts';
import { faults } from './faults/registry.ts';
import { findFault, hurtSample, requireFaultApplies } from './hurt.ts';
import { dayAfter } from '../demo/day-after.ts';

/** `nightjar sample create | advance | hurt`. Throws NJ-USE-SAMPLE, NJ-USE-VALUE, NJ-USE-FAULT. */
export async function sampleCommand(
  action: SampleAction,
  options: SampleOptions,
  context: Context,
): Promise<ExitCode> {
  switch (action) {
    case 'create':
      await create(options, context);
      break;
    case 'advance':
      await advance(options, context);
      break;
    case 'hurt':
      await hurt(options, context);
      break;
  }
  return exitCode.done;
}

async function create(options: SampleOptions, { output, signal }: Context): Promise<void> {
  const target = parseTarget(options.to);
  const today = options.today ?? tonight('Europe/London');
  const { seed, scale = 0.02 } = options;
  const region = options.region === 'nimdta' ? 'nimdta' : 'england';
  if (options.dryRun === true) {
    const tables = await tablesThere(target);
    output.tell({ action: 'create', dryRun: true, today, scale, region, tablesReplaced: tables });
    output.say(
      `A made-up TIS of ${region} at scale ${scale}, as of ${today}, would be made` +
        (tables === 0 ? '.' : `, in place of the ${amount(tables, 'table')} of an earlier sample.`),
    );
    return;
  }
  const { rowsByTable } = await createSample(target, {
    scale,
    seed,
    today,
    region,
    signal,
    onProgress: ({ table, rows, done }) => {
      if (done) output.say(`${table}: ${grouped(rows)}`);
    },
  });
  const rows = Object.values(rowsByTable).reduce((sum, one) => sum + one, 0);
  output.tell({ action: 'create', today, rowsByTable });
  output.say(`A made-up TIS of ${amount(rows, 'row')}, as of ${today}.`);
}

async function advance(options: SampleOptions, { output, signal }: Context): Promise<void> {
  const target = parseTarget(options.to);
  const present = await sampleDay(target);
  const today = options.today ?? dayAfter(present, 1);
  if (options.dryRun === true) {
    output.tell({ action: 'advance', dryRun: true, from: present, to: today });
    output.say(
      today > present
        ? `The sample has come to ${present} and would live until ${today}.`
        : `The sample has already come to ${present}; it can only be advanced to a later day.`,
    );
    return;
  }
  for (const day of await advanceSample(target, { seed: options.seed, today, signal })) {
    output.tell({ action: 'advance', ...day });
    const changes = Object.entries(day.counts).map(([kind, number]) => `${kind} ${grouped(number)}`);
    output.say(`${day.day}: ${changes.join(', ')}`);
  }
}

async function hurt(options: SampleOptions, { output, signal }: Context): Promise<void> {
  const { fault, table, column, dryRun = false } = options;
  if (fault === undefined) {
    for (const { name, describes } of faults) {
      output.tell({ fault: name, describes });
      output.say(`${name.padEnd(28)} ${describes}`);
    }
    return;
  }
  const { name, describes } = findFault(fault);
  const target = parseTarget(options.to);
  if (dryRun) {
    await requireFaultApplies(target, fault, { table, column });
    output.tell({ action: 'hurt', dryRun, fault: name, describes });
    output.say(`${name} ${describes}. Nothing was done.`);
    return;
  }
  const { sentence } = await hurtSample(target, fault, { table, column, signal });
  output.tell({ action: 'hurt', fault, sentence });
  output.say(sentence);
}

/** Throws NJ-USE-VALUE. The address is not repeated in the message: it may hold a password. */
export function parseTarget(text = ''): SampleTarget {
  const url = URL.canParse(text) && isDecodable(text) ? new URL(text) : undefined;
  const kind =
    url?.protocol === 'mysql:'
      ? 'mysql'
      : /^postgres(ql)?:$/.test(url?.protocol ?? '')
        ? 'postgres'
        : undefined;
  if (url === undefined || kind === undefined) {
    const expected = 'mysql://user:password@host:port/prefix or postgres://user:password@host:port/database';
    throw nightjarError('NJ-USE-VALUE', { option: '--to', found: undefined, expected });
  }
  const place = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port === '' ? (kind === 'mysql' ? 3306 : 5432) : url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const name = url.pathname.slice(1);
  if (kind === 'mysql') return { kind, ...place, ...(name === '' ? {} : { prefix: name }) };
  return { kind, ...place, database: name === '' ? 'tis' : name };
}

/** A percent sign of a password's that is not written %25 makes no text of it. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
