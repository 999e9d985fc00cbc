import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ErrorCode } from '../../src/error/catalogue.ts';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import { besideShop, readBesideShop, validDeployment } from './deployment-case.ts';
import { markedPlace } from './shop.ts';

const faults: readonly (readonly [
  what: string,
  from: string,
  to: string,
  code: ErrorCode,
  words?: string,
])[] = [
  [
    'a misspelt key',
    'time_zone: UTC',
    '§time_zon: UTC',
    'NJ-CONFIG-KEY-UNKNOWN',
    'The nearest is "time_zone"',
  ],
  [
    'a misspelt key of a connection',
    'lock_wait: 5',
    '§lock_wiat: 5',
    'NJ-CONFIG-KEY-UNKNOWN',
    '"environments.main.connections.till"',
  ],
  [
    'a kind of no server',
    'kind: mysql',
    'kind: §mysq',
    'NJ-CONFIG-VALUE',
    'mysql, postgres, found "mysq". The nearest is "mysql"',
  ],
  [
    'a password in clear',
    'password: ${WAREHOUSE_PASSWORD}',
    'password: §hunter2',
    'NJ-CONFIG-PASSWORD',
    'environments.main.warehouse.password',
  ],
  [
    'a password that is partly in clear',
    'password: ${WAREHOUSE_PASSWORD}',
    'password: §${A}hunter2',
    'NJ-CONFIG-PASSWORD',
  ],
  [
    'a password of digits',
    'password: ${WAREHOUSE_PASSWORD}',
    'password: §80415',
    'NJ-CONFIG-VALUE',
    'expected a text, found a number',
  ],
  ['a password where the port belongs', 'port: 3307', 'port: §[hunter2]', 'NJ-CONFIG-VALUE'],
  ['a host made of pieces', 'host: till.example', 'host: §a.${B}', 'NJ-CONFIG-VALUE', 'a mixture'],
  ['a port that is none', 'port: 3307', 'port: §70000', 'NJ-CONFIG-VALUE'],
  ['a port that is no number', 'port: 3307', 'port: §hunter2', 'NJ-CONFIG-VALUE', 'from 1 to 65535'],
  ['a port that is too high a number, as a text', 'port: 3307', 'port: §"80415"', 'NJ-CONFIG-VALUE'],
  ['a port that is partly looked up', 'port: 3307', 'port: §3${P}', 'NJ-CONFIG-VALUE', 'till.port'],
  ['a wrong encryption', 'tls: off', 'tls: §on', 'NJ-CONFIG-VALUE', 'off, verify or a mapping'],
  ['a misspelt authority', 'tls: { ca:', 'tls: { §cas:', 'NJ-CONFIG-KEY-UNKNOWN'],
  [
    'a time zone that is none',
    'Europe/London',
    '§Europe/Londn',
    'NJ-CONFIG-VALUE',
    'The nearest is "Europe/London"',
  ],
  [
    'a dataset that is not there',
    '[purchase, customer]',
    '[§purchases, customer]',
    'NJ-CONFIG-UNKNOWN',
    'no dataset "purchases" in the pipeline. The nearest is "purchase"',
  ],
  [
    'an exception that is not there',
    'except: [purchase]',
    'except: [§purchas]',
    'NJ-CONFIG-UNKNOWN',
    'The nearest is "purchase"',
  ],
  ['a dataset twice', '[purchase, customer]', '[purchase, §purchase]', 'NJ-CONFIG-REPEATED'],
  ['all, but not quite', '{ all: true, except: [purchase] }', '{ all: §false }', 'NJ-CONFIG-VALUE'],
  [
    'a source that is not in the pipeline',
    'shop: { connection: store, schema: public }',
    '§shops: { connection: store, schema: public }\n      shop: { connection: store, schema: public }',
    'NJ-CONFIG-UNKNOWN',
    'The nearest is "shop"',
  ],
  [
    'a connection that is not there',
    '{ connection: till,',
    '{ connection: §tills,',
    'NJ-CONFIG-UNKNOWN',
    'The nearest is "till"',
  ],
  [
    'a login of two consumers',
    'logins: [sales]',
    'logins: [§reports]',
    'NJ-CONFIG-LOGIN-TWICE',
    'is one of "reports" already, and a login belongs to one consumer',
  ],
  [
    'our own role as a login',
    'logins: [sales]',
    'logins: [§nightjar]',
    'NJ-CONFIG-NAME',
    'it is the role that Nightjar itself works as',
  ],
  ['a login of the server', 'logins: [sales]', 'logins: [§pg_monitor]', 'NJ-CONFIG-NAME'],
  ['a schema of ours', 'schema: reports\n    keep', 'schema: §nightjar\n    keep', 'NJ-CONFIG-NAME'],
  [
    'the schema of the store',
    'schema: reports\n    keep',
    'schema: §nightjar_store\n    keep',
    'NJ-CONFIG-NAME',
    "it is a schema of PostgreSQL's or of Nightjar's own",
  ],
  ['a schema in capitals', 'schema: reports\n    keep', 'schema: §Reports\n    keep', 'NJ-CONFIG-NAME'],
  [
    'a time without quotes and hours',
    'from: "22:00"',
    'from: §10 pm',
    'NJ-CONFIG-VALUE',
    'a time of the day, in quotes, such as "03:45", found "10 pm"',
  ],
  [
    'a window that is none',
    '{ from: "22:00", to: "01:30" }',
    '§{ from: "01:30", to: "01:30" }',
    'NJ-CONFIG-VALUE',
  ],
  ['a bound that is none', 'import_bound: 90', 'import_bound: §0', 'NJ-CONFIG-VALUE', 'at least 1'],
  ['a policy that is none', 'after_bound: keep', 'after_bound: §kep', 'NJ-CONFIG-VALUE', 'switch, keep'],
  [
    'a deadline that refuses nobody',
    'when_stale: refuse\n        deadline',
    'when_stale: read\n        §deadline',
    'NJ-CONFIG-VALUE',
    'unless it has "when_stale: refuse"',
  ],
  ['a lag that is none', 'lag: 60', 'lag: §0', 'NJ-CONFIG-VALUE'],
  ['one generation only', 'keep: 3', 'keep: §1', 'NJ-CONFIG-VALUE', 'at least 2'],
  [
    'PostgreSQL without a database',
    '§store: { kind: postgres, host: localhost, user: u, password: "${P}", database: d }'.slice(1),
    '§store: { kind: postgres, host: localhost, user: u, password: "${P}" }',
    'NJ-CONFIG-KEY-MISSING',
    '"database"',
  ],
  [
    'MySQL with a database',
    'kind: mysql\n',
    'kind: mysql\n        §database: x\n',
    'NJ-CONFIG-VALUE',
    'each source names its own',
  ],
  [
    'one warehouse for two',
    'warehouse: { host: localhost, user: nightjar, password: "${P}", database: other }',
    '§warehouse: { host: "${WAREHOUSE_HOST}", user: nightjar, password: "${P}", database: main }',
    'NJ-CONFIG-SHARED-WAREHOUSE',
    '"other" and "main"',
  ],
  [
    'no environments',
    validDeployment.slice(validDeployment.indexOf('\n')),
    ' §{}\n',
    'NJ-CONFIG-VALUE',
    'at least one environment',
  ],
];
for (const [what, from, to, code, words] of faults) {
  test(`a fault: ${what}`, async () => {
    assert.ok(validDeployment.includes(from), 'the text to replace is not there');
    const text = validDeployment.replace(from, () => to);
    const expected = markedPlace({ 'nightjar.yaml': text }) ?? 'nightjar.yaml:1:1';
    const { places, faults: found, deployment } = await readBesideShop(text);
    const said = found.map((fault) => fault.message).join('\n');
    assert.deepEqual(places, [`${code} ${expected}`], said);
    assert.equal(deployment, undefined);
    if (words !== undefined) assert.ok(said.includes(words), said);
    assert.ok(!said.includes('hunter2') && !said.includes('80415'), 'a secret is in the message');
  });
}

test('an offset is no time zone', async () => {
  const { places } = await readBesideShop(validDeployment.replace('Europe/London', '"+01:00"'));
  assert.deepEqual(places, ['NJ-CONFIG-VALUE nightjar.yaml:4:16']);
});

test('a source that the environment does not place is missing', async () => {
  const { places } = await readBesideShop(
    validDeployment.replace(
      'shop: { connection: store, schema: public }',
      'shop_: { connection: store, schema: public }',
    ),
  );
  assert.deepEqual(places, [
    'NJ-CONFIG-KEY-MISSING nightjar.yaml:45:5',
    'NJ-CONFIG-UNKNOWN nightjar.yaml:46:7',
  ]);
});

test('the faults of a pipeline are among those of the deployment, once, and its names are then not judged', async () => {
  const { places, pipelines } = await readBesideShop(
    validDeployment.replaceAll(/pipeline: .*/g, 'pipeline: nowhere'),
  );
  assert.deepEqual(places, ['NJ-CONFIG-FOLDER-MISSING nowhere:1:1']);
  assert.equal(pipelines.size, 0);
});

test('the faults of a pipeline are told though the deployment file does not fit its schema', async () => {
  await besideShop(async (folder, read) => {
    await writeFile(join(folder, 'shop/sources/broken.yaml'), 'tabels: {}\n');
    const { places } = await read(
      validDeployment.replace(
        '    channel: "#shop"',
        '    people: { anna: { token_digest: Z } }\n    channel: "#shop"',
      ),
    );
    assert.deepEqual(places.slice(0, 2), [
      'NJ-CONFIG-VALUE nightjar.yaml:5:37',
      'NJ-CONFIG-KEY-UNKNOWN shop/sources/broken.yaml:1:1',
    ]);
  });
});

test('a file that is not there', async () => {
  const { faults: found } = await readDeployment('/nowhere/nightjar.yaml');
  assert.deepEqual(
    found.map((fault) => fault.code),
    ['NJ-CONFIG-FILE-UNREADABLE'],
  );
});
