import { duration } from '../../src/cli/output.ts';
import { advanceSample, sampleDay, sampleDayIfMade } from '../tis/advance.ts';
import { createSample, type CreateOptions } from '../tis/create.ts';
import type { SampleTarget } from '../tis/database/target.ts';
import { createReader } from '../tis/reader.ts';
import { demoEnvironments, named, type DemoEnvironment, type DemoSource } from './environments.ts';
import { ensureDatabase, type DemoServer } from './warehouses.ts';

/** A MySQL or MariaDB server, and who may do everything there. */
export interface MariadbServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const seed = 2021;

export interface SourcesRequest {
  readonly server: DemoServer;
  /** Where it is on this machine: one environment then reads from it. Its data are not kept. */
  readonly mariadb: MariadbServer | undefined;
  /** Of the size of England. */
  readonly scale: number;
  readonly firstDay: string;
  /** The day that kept databases have come to. */
  readonly today: string;
  readonly password: string;
  /** Told of each source as it is ready: making them takes most of a first start. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Makes each environment's made-up TIS in a database of its own where it is not there yet, or only half. */
export async function ensureSources(request: SourcesRequest): Promise<readonly DemoSource[]> {
  const sources = demoEnvironments.map((environment) => sourceOf(environment, request));
  for (const source of sources) {
    const began = performance.now();
    await (source.target.kind === 'mysql' ? makeAnew(source, request) : makeOnce(source, request));
    await createReader(source.target, {
      name: named.reader(source.environment.name),
      password: request.password,
    });
    const seconds = (performance.now() - began) / 1000;
    const place = source.target.kind === 'mysql' ? 'MariaDB' : 'PostgreSQL';
    request.say(`  ${source.environment.name.padEnd(12)} in ${place}, ready after ${duration(seconds)}`);
  }
  return sources;
}

function sourceOf(environment: DemoEnvironment, { server, mariadb }: SourcesRequest): DemoSource {
  const { name, region } = environment;
  if (region === 'nimdta' && mariadb !== undefined) {
    const { host, port, user, password } = mariadb;
    const target = { kind: 'mysql', host, port, user, password, prefix: name } as const;
    return { environment, target, schemaPrefix: `${name}_` };
  }
  const { host, port, user, password } = server;
  const target = { kind: 'postgres', host, port, user, password, database: named.source(name) } as const;
  return { environment, target, schemaPrefix: '' };
}

async function makeOnce({ environment, target }: DemoSource, request: SourcesRequest): Promise<void> {
  const { server, scale, firstDay: today, signal } = request;
  // Staging holds what production held when it was copied, as staging databases do.
  const template = environment.name === 'staging' ? named.source('production') : undefined;
  await ensureDatabase(server, named.source(environment.name), template);
  await makeWhole(target, { scale, seed, today, region: environment.region, signal });
}

/** Makes a sample, unless one is there: an earlier start may have been stopped while it was being made. */
export async function makeWhole(target: SampleTarget, options: CreateOptions): Promise<void> {
  if ((await sampleDayIfMade(target)) === undefined) await createSample(target, options);
}

/** The same seed gives the same bytes: what is not kept is made again and lives the same days again. */
async function makeAnew({ environment, target }: DemoSource, request: SourcesRequest): Promise<void> {
  const { scale, firstDay, today, signal } = request;
  await createSample(target, { scale, seed, today: firstDay, region: environment.region, signal });
  if (today > firstDay) await advanceSample(target, { seed, today, signal });
}

/** Lives until the given day in every source; an earlier start may have done so in some of them and been stopped. */
export async function advanceSources(
  sources: readonly DemoSource[],
  today: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { target } of sources) {
    if ((await sampleDay(target)) < today) await advanceSample(target, { seed, today, signal });
  }
}
