import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import { defaultRules } from '../harness/warehouse.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { besideShop, environmentOf, isFault, readBesideShop, validDeployment } from './deployment-case.ts';

test('a deployment is read with its defaults, and what consumers read is resolved against the pipeline', async () => {
  const variables = { WAREHOUSE_HOST: 'w.example', WAREHOUSE_PASSWORD: 'secret', TILL_PASSWORD: 't' };
  await besideShop(async (folder, read) => {
    const result = await read(validDeployment, variables);
    const main = environmentOf(result, 'main');
    const [till] = main.connections;
    assert.equal(main.pipeline, join(folder, 'shop'));
    assert.equal(main.warehouse.host.resolve(), 'w.example');
    assert.equal(main.warehouse.port.resolve(), '5432');
    assert.deepEqual(main.warehouse.tls, { mode: 'off' });
    assert.equal(till?.port.resolve(), '3307');
    assert.equal(till.lockWait, 5);
    assert.equal(till.snapshotLimit, 3600);
    assert.equal(till.tls.mode, 'verify');
    assert.deepEqual(main.sources, [{ source: 'shop', connection: 'till', schema: 'shop_db' }]);
    assert.deepEqual(
      main.consumers.map((consumer) => [consumer.name, consumer.pin, consumer.reads]),
      [
        ['reports', 'transaction', ['customer']],
        ['sales', 'session', ['purchase', 'customer']],
      ],
    );
    assert.deepEqual(
      main.consumers.map((consumer) => consumer.rules),
      [
        defaultRules,
        {
          importWindow: { from: '22:00', to: '01:30' },
          importBound: 90,
          afterBound: 'keep',
          whenStale: 'refuse',
          deadline: '03:45',
          standbyLag: 60,
        },
      ],
    );
    assert.equal(main.keep, 7);
    assert.equal(main.rowLimit, 67_108_864);
    assert.equal(main.channel, '#shop');
    const other = environmentOf(result, 'other');
    assert.equal(other.keep, 3);
    assert.equal(other.channel, undefined);
    assert.deepEqual(other.warehouse.tls, { mode: 'default' });
    assert.equal(other.connections[0]?.database?.resolve(), 'd');
    // Both name the same folder, which is read once.
    assert.deepEqual([...result.pipelines.keys()], [join(folder, 'shop')]);
  });
});

test('a setting is looked up anew at each use, in the environment or in a file, without its last line break', async () => {
  await using place = await temporaryFolder();
  const secret = join(place.path, 'secret');
  const variables: Record<string, string> = { WAREHOUSE_PASSWORD: 'one' };
  const main = environmentOf(await readBesideShop(validDeployment, variables), 'main');
  assert.equal(main.warehouse.password.resolve(), 'one');
  variables['WAREHOUSE_PASSWORD'] = 'two';
  assert.equal(main.warehouse.password.resolve(), 'two');
  delete variables['WAREHOUSE_PASSWORD'];
  variables['WAREHOUSE_PASSWORD_FILE'] = secret;
  await writeFile(secret, 'three\r\n');
  assert.equal(main.warehouse.password.resolve(), 'three');
  await writeFile(secret, ' four \n\n');
  assert.equal(main.warehouse.password.resolve(), ' four \n');
  assert.equal(main.warehouse.password.written, '${WAREHOUSE_PASSWORD}');
});

test('the certificate of an authority is read at each use, from the folder of the file', async () => {
  await besideShop(async (folder, read) => {
    const result = await read(validDeployment);
    const tls = environmentOf(result, 'main').connections[0]?.tls;
    assert.ok(tls?.mode === 'verify' && tls.ca !== undefined);
    const { ca } = tls;
    assert.throws(() => ca.resolve(), isFault('NJ-CONFIG-FILE-UNREADABLE', 'certificates/till.pem'));
    await mkdir(join(folder, 'certificates'));
    await writeFile(join(folder, 'certificates', 'till.pem'), 'PEM\n');
    assert.equal(ca.resolve(), 'PEM\n');
  });
});

test('the example deployment is without fault', async () => {
  const { faults: found, deployment } = await readDeployment(
    join(import.meta.dirname, '..', '..', 'nightjar.yaml'),
  );
  assert.deepEqual(
    found.map((fault) => `${fault.position?.file}:${fault.position?.line} ${fault.message}`),
    [],
  );
  assert.ok(deployment !== undefined);
  assert.deepEqual(
    deployment.environments.map((environment) => environment.name),
    ['production', 'staging', 'nimdta'],
  );
  for (const environment of deployment.environments) {
    const readers = (dataset: string): readonly string[] =>
      environment.consumers
        .filter((consumer) => consumer.reads.includes(dataset))
        .map((consumer) => consumer.name);
    assert.deepEqual(readers('person_sensitive'), ['ndw_restricted', 'colleges']);
    assert.deepEqual(readers('lm_applicant'), ['ndw', 'ndw_restricted', 'leave_manager']);
  }
});
