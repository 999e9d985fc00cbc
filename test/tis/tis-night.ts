import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { connectSource } from '../../src/night/connect-source.ts';
import type { NightRequest } from '../../src/night/night-request.ts';
import { runNight, type NightReport } from '../../src/night/run-night.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import type { SampleTarget } from '../../samples/tis/database/target.ts';
import { setting, testWarehouse, type TestWarehouse } from '../harness/warehouse.ts';
import type { PostgresAddress } from '../harness/address.ts';

export const deploymentFile = fileURLToPath(new URL('../../nightjar.yaml', import.meta.url));

/** The environment that the shipped deployment calls production, and its pipeline. */
export interface Production {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
}

/** Reads the deployment file of the project as it is. */
export async function shippedProduction(): Promise<Production> {
  const { deployment, pipelines, faults } = await readDeployment(deploymentFile);
  const environment = deployment?.environments.find((one) => one.name === 'production');
  const pipeline = environment === undefined ? undefined : pipelines.get(environment.pipeline);
  if (environment === undefined || pipeline === undefined) {
    throw new Error(`nightjar.yaml is not sound: ${faults.map((fault) => fault.message).join('; ')}`);
  }
  return { environment, pipeline };
}

/** A warehouse with the shipped deployment's consumers. */
export async function tisWarehouse(server: PostgresAddress, production: Environment): Promise<TestWarehouse> {
  return testWarehouse(
    server,
    production.consumers.map(({ name, reads, pin }) => ({ name, reads, pin })),
  );
}

export interface TisNight {
  readonly production: Production;
  readonly source: SampleTarget;
  readonly warehouse: TestWarehouse;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Everything but the publication, with the raw tables left. */
  readonly rehearse?: boolean;
  /** Another way to the source than the usual one. */
  readonly connect?: NightRequest['connect'];
  /** A fault is done to it: what follows its publication may be left undone. */
  readonly isHurt?: boolean;
}

/** A whole night of the shipped pipeline, from a TIS into a test's own warehouse. */
export async function runTisNight(night: TisNight): Promise<NightReport> {
  const { source, warehouse } = night;
  const prefix = source.kind === 'mysql' && source.prefix !== undefined ? `${source.prefix}_` : '';
  const environment: Environment = {
    ...night.production.environment,
    connections: [
      {
        name: 'tis',
        kind: source.kind,
        host: setting(source.host),
        port: setting(source.port),
        user: setting(source.user),
        password: setting(source.password),
        database: source.kind === 'postgres' ? setting(source.database) : undefined,
        tls: { mode: 'default' },
        lockWait: 30,
        snapshotLimit: 120,
      },
    ],
    sources: ['tcs', 'reference', 'assessments'].map((name) => ({
      source: name,
      connection: 'tis',
      schema: `${prefix}${name}`,
    })),
    warehouse: warehouse.declaration,
    consumers: warehouse.consumers,
  };
  const undone: string[] = [];
  const report = await runNight({
    environment,
    pipeline: night.production.pipeline,
    release: 'test',
    asOf: night.asOf,
    workers: 2,
    keepRaw: night.rehearse ?? false,
    dryRun: night.rehearse ?? false,
    first: true,
    connect: night.connect ?? connectSource,
    onEvent: (event) => {
      if (event.kind === 'remark' && event.sentence.startsWith('The generation is published.'))
        undone.push(event.sentence);
    },
    signal: AbortSignal.timeout(120_000),
  });
  // What follows a publication fails without failing the night.
  if (night.isHurt !== true) assert.deepEqual(undone, []);
  return report;
}
