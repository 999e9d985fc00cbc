import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ErrorCode } from '../../src/error/catalogue.ts';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import { readDeployment, type ReadDeployment } from '../../src/pipeline/read-deployment.ts';
import type { Variables } from '../../src/pipeline/setting.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { mark, shop } from './shop.ts';

/** Two environments without fault. */
export const validDeployment = `environments:
  main:
    pipeline: shop
    time_zone: Europe/London
    channel: "#shop"
    connections:
      till:
        kind: mysql
        host: till.example
        port: 3307
        user: reader
        password: \${TILL_PASSWORD}
        tls: { ca: certificates/till.pem }
        lock_wait: 5
    sources:
      shop: { connection: till, schema: shop_db }
    warehouse:
      host: \${WAREHOUSE_HOST}
      user: nightjar
      password: \${WAREHOUSE_PASSWORD}
      database: main
      tls: off
    schema: reports
    consumers:
      reports:
        description: The reports.
        logins: [reports, reports_2]
        pin: transaction
        reads: { all: true, except: [purchase] }
      sales:
        description: Sales.
        logins: [sales]
        reads: [purchase, customer]
        import_window: { from: "22:00", to: "01:30" }
        import_bound: 90
        after_bound: keep
        when_stale: refuse
        deadline: "03:45"
        reads_standby: { lag: 60 }
  other:
    pipeline: ./shop/
    time_zone: UTC
    connections:
      store: { kind: postgres, host: localhost, user: u, password: "\${P}", database: d }
    sources:
      shop: { connection: store, schema: public }
    warehouse: { host: localhost, user: nightjar, password: "\${P}", database: other }
    schema: reports
    keep: 3
    consumers: {}
`;

/** A deployment that was read in a test. */
export interface ReadCase extends ReadDeployment {
  /** `NJ-CONFIG-… nightjar.yaml:3:7` */
  readonly places: readonly string[];
}

/** Runs something beside the pipeline `shop`, with a way to read a deployment file that stands beside it. */
export async function besideShop(
  use: (folder: string, read: (text: string, variables?: Variables) => Promise<ReadCase>) => Promise<void>,
): Promise<void> {
  await using place = await temporaryFolder();
  for (const [path, content] of Object.entries(shop)) {
    const file = join(place.path, 'shop', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await use(place.path, async (text, variables = {}) => {
    const file = join(place.path, 'nightjar.yaml');
    await writeFile(file, text.replace(mark, ''));
    const result = await readDeployment(file, { variables });
    const places = result.faults.map(({ code, position }) =>
      position === undefined
        ? code
        : `${code} ${relative(place.path, position.file)}:${position.line}:${position.column}`,
    );
    return { ...result, places };
  });
}

/** Reads one deployment file. */
export async function readBesideShop(text: string, variables: Variables = {}): Promise<ReadCase> {
  const found: ReadCase[] = [];
  await besideShop(async (_, read) => {
    found.push(await read(text, variables));
  });
  const [only] = found;
  assert.ok(only !== undefined);
  return only;
}

export function environmentOf(result: ReadDeployment, name: string): Environment {
  const found = result.deployment?.environments.find((environment) => environment.name === name);
  assert.ok(found !== undefined, result.faults.map((fault) => fault.message).join('\n'));
  return found;
}

export function isFault(code: ErrorCode, words: string): (error: unknown) => boolean {
  return (error) => error instanceof NightjarError && error.code === code && error.message.includes(words);
}
