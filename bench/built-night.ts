import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { builtProgram } from './built-program.ts';
import { deploymentText, environmentName, type MeasuredNight } from './deployment-text.ts';

/** Writes the largest resident memory that the process has had, in kB, to a file at its end: VmHWM of the kernel's account. */
const tellPeak = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(process.env.BENCH_PEAK_FILE,
    /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));`)}`;

const reportSchema = z.object({
  generation: z.number(),
  seconds: z.record(z.string(), z.number()),
  datasets: z.array(z.object({ rows: z.number() })),
  sourceRows: z.object({ received: z.number() }),
});

/** What a command of the built program took. */
export interface BuiltCommand {
  /** The whole command, from its start to its end. */
  readonly seconds: number;
  readonly residentMegabytes: number;
}

export interface BuiltNight extends BuiltCommand {
  readonly stages: Readonly<Record<string, number>>;
  /** Published. */
  readonly rows: number;
  /** Read. */
  readonly sourceRows: number;
  readonly generation: number;
}

/** One night by `nightjar run` of the built program, as whoever runs it in earnest would start it. */
export async function builtNight(request: MeasuredNight): Promise<BuiltNight> {
  const { output, ...taken } = await command(request, ['run', '--night', request.asOf, '--first']);
  const report = reportSchema.parse(JSON.parse(output));
  return {
    ...taken,
    stages: report.seconds,
    rows: report.datasets.reduce((sum, dataset) => sum + dataset.rows, 0),
    sourceRows: report.sourceRows.received,
    generation: report.generation,
  };
}

/** `nightjar verify` of what was published; it must find nothing amiss. */
export async function builtVerification(request: MeasuredNight): Promise<BuiltCommand> {
  const { seconds, residentMegabytes } = await command(request, ['verify']);
  return { seconds, residentMegabytes };
}

async function command(
  request: MeasuredNight,
  args: readonly string[],
): Promise<BuiltCommand & { readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'nightjar-bench-'));
  try {
    const file = join(folder, 'nightjar.yaml');
    const peak = join(folder, 'peak');
    writeFileSync(file, deploymentText(request));
    const began = performance.now();
    const printed = await run(
      ['--import', tellPeak, builtProgram, ...args, '-e', environmentName, '-f', file, '--json'],
      {
        BENCH_PEAK_FILE: peak,
        BENCH_SOURCE_PASSWORD: request.mariadb.password,
        BENCH_WAREHOUSE_PASSWORD: request.warehouse.address.password,
      },
    );
    const seconds = (performance.now() - began) / 1000;
    const residentMegabytes = Number(readFileSync(peak, 'utf8')) / 1000;
    return { seconds, residentMegabytes, output: printed.trim().split('\n').at(-1) ?? '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...variables },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`nightjar ${args.join(' ')} ended with ${String(code)}: ${text}`);
  return text;
}
