import type { TestWarehouse } from '../test/harness/warehouse.ts';
import type { MariadbBench } from './servers.ts';

export interface MeasuredNight {
  readonly mariadb: MariadbBench;
  readonly warehouse: TestWarehouse;
  /** The pipeline's folder. */
  readonly pipeline: string;
  readonly asOf: string;
}

export const environmentName = 'bench';

/** The deployment file of a measured night: JSON, which is YAML. */
export function deploymentText({ mariadb, warehouse, pipeline }: MeasuredNight): string {
  const { host, port, database, user } = warehouse.address;
  const environment = {
    pipeline,
    time_zone: 'Europe/London',
    keep: 3,
    connections: {
      tis: {
        kind: 'mysql',
        host: mariadb.host,
        port: mariadb.port,
        user: mariadb.user,
        password: '${BENCH_SOURCE_PASSWORD}',
      },
    },
    sources: Object.fromEntries(
      ['tcs', 'reference', 'assessments'].map((schema) => [schema, { connection: 'tis', schema }]),
    ),
    warehouse: { host, port, database, user, password: '${BENCH_WAREHOUSE_PASSWORD}' },
    schema: 'ndw',
    consumers: Object.fromEntries(
      warehouse.consumers.map(({ name, description, logins, reads }) => [
        name,
        { description, logins, reads },
      ]),
    ),
  };
  return JSON.stringify({ environments: { [environmentName]: environment } });
}
