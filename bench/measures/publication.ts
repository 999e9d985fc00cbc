import { resolve } from 'node:path';
import type pg from 'pg';
import { createSample } from '../../samples/tis/create.ts';
import { Lease } from '../../src/publish/lease.ts';
import { switchTo, untilInstant } from '../../src/publish/publish.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import { Session } from '../../src/warehouse/session.ts';
import { testWarehouse } from '../../test/harness/warehouse.ts';
import { builtNight } from '../built-night.ts';
import { buildOnce } from '../built-program.ts';
import { median, type BenchContext, type Figure, type Measure } from '../measure.ts';

const pipelineFolder = resolve(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw');
const asOf = '2026-03-10';
const readers = 50;
const readEveryMillis = 200;

/** The transaction that publishes, while fifty readers of five consumers read. */
export const publication: Measure = { name: 'publication', run };

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { mariadb, postgres, quick, say } = context;
  const { pipeline } = await readPipeline(pipelineFolder);
  if (pipeline === undefined) throw new Error('the pipeline is at fault');
  const { host, port, user, password } = mariadb;
  await createSample(
    { kind: 'mysql', host, port, user, password },
    { scale: 0.005, seed: 7, today: asOf, region: 'england' },
  );
  const reads = pipeline.datasets.map((dataset) => dataset.name);
  const names = ['one', 'two', 'three', 'four', 'five'];
  await using warehouse = await testWarehouse(
    postgres,
    names.map((name) => ({ name, reads })),
  );
  buildOnce(say);
  for (let night = 0; night < 2; night++)
    await builtNight({ mariadb, warehouse, pipeline: pipelineFolder, asOf });

  const signal = AbortSignal.timeout(600_000);
  const stop = new AbortController();
  const latencies: number[] = [];
  const clients = await Promise.all(
    Array.from({ length: readers }, (_, index) => warehouse.connectAs(names[index % names.length] ?? 'one')),
  );
  const reading = clients.map((client) => readUntil(client, stop.signal, latencies));
  const took: number[] = [];
  let waited = 0;
  try {
    await using session = await Session.open({ address: warehouse.address, purpose: 'bench', signal });
    await using lease = await Lease.take(warehouse.address, signal);
    let current = 2;
    const rounds = quick ? 8 : 20;
    say(`${rounds} publications under ${readers} readers`);
    for (let round = 0; round < rounds; round++) {
      const generation = current === 2 ? 1 : 2;
      const before = latencies.length;
      const began = performance.now();
      const instant = await switchTo(session, {
        fence: lease.fence,
        kind: 'rollback',
        generation,
        expected: current,
        run: undefined,
      });
      took.push(performance.now() - began);
      current = generation;
      await untilInstant(session, instant);
      waited = Math.max(waited, ...latencies.slice(before));
    }
  } finally {
    stop.abort();
    await Promise.allSettled(reading);
    await Promise.all(clients.map((client) => client.end()));
  }
  return [
    {
      measure: 'publication: the transaction, median',
      value: median(took),
      unit: 'ms',
      bar: { at: 20, kind: 'at most' },
    },
    { measure: 'publication: a read, median', value: median(latencies), unit: 'ms', bar: undefined },
    {
      measure: 'publication: the slowest read around a publication',
      value: waited,
      unit: 'ms',
      bar: undefined,
    },
  ];
}

async function readUntil(client: pg.Client, signal: AbortSignal, latencies: number[]): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await client.query('select count(*) from ndw.programme');
    latencies.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, readEveryMillis));
  }
}
