import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { count, plural } from '../../src/cli/output.ts';
import type { SampleAction, SampleOptions } from '../../src/cli/samples.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { tonight } from '../../src/night/tonight.ts';
import { advanceSample, sampleDay } from './advance.ts';
import { createSample } from './create.ts';
import { SampleError } from './database/sample-error.ts';
import type { SampleTarget } from './database/target.ts';
import { faultList, hurtSample } from './hurt.ts';
import { dayAfter } from '../demo/day-after.ts';

/** `nightjar sample create | advance | hurt`. Throws NJ-USE-SAMPLE with the sample's own sentence. */
export async function sampleCommand(
  action: SampleAction,
  options: SampleOptions,
  context: Context,
): Promise<ExitCode> {
  const target = parseTarget(options.to);
  try {
    switch (action) {
      case 'create':
        await create(target, options, context);
        break;
      case 'advance':
        await advance(target, options, context);
        break;
      case 'hurt':
        await hurt(target, options, context);
        break;
    }
  } catch (error) {
    if (error instanceof SampleError) throw nightjarError('NJ-USE-SAMPLE', { sentence: error.message });
    throw error;
  }
  return exitCode.done;
}

async function create(
  target: SampleTarget,
  options: SampleOptions,
  { output, signal }: Context,
): Promise<void> {
  const today = options.today ?? tonight('Europe/London');
  const { seed, scale = 0.02 } = options;
  const region = options.region === 'nimdta' ? 'nimdta' : 'england';
  const { rowsByTable } = await createSample(target, {
    scale,
    seed,
    today,
    region,
    signal,
    onProgress: ({ table, rows, done }) => {
      if (done) output.say(`${table}: ${count(rows)}`);
    },
  });
  const rows = Object.values(rowsByTable).reduce((sum, one) => sum + one, 0);
  output.tell({ action: 'create', today, rowsByTable });
  output.say(`A made-up TIS of ${plural(rows, 'row')}, as of ${today}.`);
}

async function advance(
  target: SampleTarget,
  options: SampleOptions,
  { output, signal }: Context,
): Promise<void> {
  const today = options.today ?? dayAfter(await sampleDay(target), 1);
  for (const day of await advanceSample(target, { seed: options.seed, today, signal })) {
    output.tell({ action: 'advance', ...day });
    const changes = Object.entries(day.counts).map(([kind, number]) => `${kind} ${count(number)}`);
    output.say(`${day.day}: ${changes.join(', ')}`);
  }
}

async function hurt(
  target: SampleTarget,
  options: SampleOptions,
  { output, signal }: Context,
): Promise<void> {
  const { fault, table } = options;
  if (fault === undefined) {
    for (const { name, describes } of faultList) {
      output.tell({ fault: name, describes });
      output.say(`${name.padEnd(28)} ${describes}`);
    }
    return;
  }
  const { sentence } = await hurtSample(target, fault, { table, signal });
  output.tell({ action: 'hurt', fault, sentence });
  output.say(sentence);
}

/** Throws NJ-USE-VALUE. The address is not repeated in the message: it may hold a password. */
export function parseTarget(text: string): SampleTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind =
    url?.protocol === 'mysql:'
      ? 'mysql'
      : /^postgres(ql)?:$/.test(url?.protocol ?? '')
        ? 'postgres'
        : undefined;
  if (url === undefined || kind === undefined) {
    const expected = 'mysql://user:password@host:port/prefix or postgres://user:password@host:port/database';
    throw nightjarError('NJ-USE-VALUE', { option: '--to', found: 'something else', expected });
  }
  const place = {
    host: url.hostname,
    port: Number(url.port === '' ? (kind === 'mysql' ? 3306 : 5432) : url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const name = url.pathname.slice(1);
  if (kind === 'mysql') return { kind, ...place, ...(name === '' ? {} : { prefix: name }) };
  return { kind, ...place, database: name === '' ? 'tis' : name };
}
