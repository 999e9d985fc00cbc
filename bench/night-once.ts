import { connectSource } from '../src/night/connect-source.ts';
import { runNight } from '../src/night/run-night.ts';
import { readPipeline } from '../src/pipeline/read-pipeline.ts';
import { peakResident } from './peak-resident.ts';
import { benchEnvironment, nightInputSchema } from './tis-environment.ts';

/** One night of the made-up TIS, as a process of its own; prints its times and its largest resident memory. */
const input = nightInputSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { pipeline } = await readPipeline(input.pipeline);
if (pipeline === undefined) throw new Error('the pipeline is at fault');
const began = performance.now();
const report = await runNight({
  environment: benchEnvironment(input),
  pipeline,
  release: 'bench',
  asOf: input.asOf,
  workers: 2,
  keepRaw: false,
  dryRun: false,
  connect: connectSource,
  onEvent: () => undefined,
  signal: AbortSignal.timeout(1_800_000),
});
const seconds = (performance.now() - began) / 1000;
const rows = report.datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
process.stdout.write(
  `${JSON.stringify({ seconds, rows, residentMegabytes: peakResident(), stages: report.seconds, generation: report.generation })}\n`,
);
