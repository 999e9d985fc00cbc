import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { count, plural } from '../../src/cli/output.ts';
import type { SampleOptions } from '../../src/cli/samples.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { tonight } from '../../src/night/tonight.ts';
import { advanceSample } from './advance.ts';
import { createSample } from './create.ts';
import type { SampleTarget } from './database/target.ts';

/** `nightjar sample create | advance`. */
export async function sampleCommand(
  action: string,
  options: SampleOptions,
  context: Context,
): Promise<ExitCode> {
  const target = parseTarget(options.to);
  const { output, signal } = context;
  const today = options.today ?? tonight('Europe/London');
  const { seed, scale } = options;
  if (action === 'create') {
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
    output.tell({ action, rowsByTable });
    output.say(`A made-up TIS of ${plural(rows, 'row')}, as of ${today}.`);
    return exitCode.done;
  }
  for (const day of await advanceSample(target, { seed, today, signal })) {
    output.tell({ action, ...day });
    output.say(
      `${day.day}: ${Object.entries(day.counts)
        .map(([kind, number]) => `${kind} ${count(number)}`)
        .join(', ')}`,
    );
  }
  return exitCode.done;
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
