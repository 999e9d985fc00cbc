import { z } from 'zod';
import type { Environment, Setting } from '../src/pipeline/deployment.ts';
import { mariadbAddressSchema } from '../test/harness/address.ts';
import type { TestWarehouse } from '../test/harness/warehouse.ts';
import type { MariadbBench } from './servers.ts';

/** What a child process needs to run a night of the made-up TIS: plain data. */
export const nightInputSchema = z.object({
  mariadb: mariadbAddressSchema,
  warehouse: z.object({
    host: z.string(),
    port: z.number(),
    database: z.string(),
    user: z.string(),
    password: z.string(),
  }),
  consumers: z.array(
    z.object({ name: z.string(), login: z.string(), reads: z.array(z.string()).readonly() }),
  ),
  pipeline: z.string(),
  asOf: z.string(),
});

export type NightInput = z.infer<typeof nightInputSchema>;

export function nightInput(
  mariadb: MariadbBench,
  warehouse: TestWarehouse,
  pipeline: string,
  asOf: string,
): NightInput {
  const { host, port, database, user, password } = warehouse.address;
  return {
    mariadb,
    warehouse: { host, port, database, user, password },
    consumers: warehouse.consumers.map(({ name, logins, reads }) => ({
      name,
      login: logins[0] ?? '',
      reads,
    })),
    pipeline,
    asOf,
  };
}

/** The environment that such an input describes. */
export function benchEnvironment(input: NightInput): Environment {
  const { mariadb, warehouse } = input;
  return {
    name: 'bench',
    pipeline: input.pipeline,
    timeZone: 'Europe/London',
    connections: [
      {
        name: 'tis',
        kind: 'mysql',
        host: fixed(mariadb.host),
        port: fixed(mariadb.port),
        user: fixed(mariadb.user),
        password: fixed(mariadb.password),
        tls: { mode: 'default' },
        database: undefined,
        lockWait: 30,
        snapshotLimit: 3600,
      },
    ],
    sources: ['tcs', 'reference', 'assessments'].map((schema) => ({
      source: schema,
      connection: 'tis',
      schema,
    })),
    warehouse: {
      host: fixed(warehouse.host),
      port: fixed(warehouse.port),
      database: fixed(warehouse.database),
      user: fixed(warehouse.user),
      password: fixed(warehouse.password),
      tls: { mode: 'default' },
    },
    schema: 'ndw',
    consumers: input.consumers.map(({ name, login, reads }) => ({
      name,
      description: name,
      logins: [login],
      pin: 'session',
      reads,
    })),
    keep: 3,
    skewLimit: 60,
    rowLimit: 64_000_000,
    channel: undefined,
  };
}

function fixed(value: string | number): Setting {
  return { written: '${BENCH}', resolve: () => String(value) };
}
