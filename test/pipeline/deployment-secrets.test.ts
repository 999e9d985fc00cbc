import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { Variables } from '../../src/pipeline/setting.ts';
import { warehouseAddress } from '../../src/warehouse/address.ts';
import { besideShop, environmentOf, isFault, readBesideShop, validDeployment } from './deployment-case.ts';

const missing: readonly (readonly [why: string, variables: Variables, words: string])[] = [
  ['not set', {}, 'neither WAREHOUSE_PASSWORD nor WAREHOUSE_PASSWORD_FILE is set'],
  ['empty', { WAREHOUSE_PASSWORD: '' }, 'it is set, but empty'.replace('it', 'WAREHOUSE_PASSWORD')],
  ['set twice', { WAREHOUSE_PASSWORD: 'hunter2', WAREHOUSE_PASSWORD_FILE: '/dev/null' }, 'are both set'],
  ['an empty file', { WAREHOUSE_PASSWORD_FILE: '/dev/null' }, 'is empty'],
  ['no file', { WAREHOUSE_PASSWORD_FILE: '/nowhere/at/all' }, 'cannot be read (it does not exist)'],
];
for (const [why, variables, words] of missing) {
  test(`a setting without a value: ${why}`, async () => {
    const { password } = environmentOf(await readBesideShop(validDeployment, variables), 'main').warehouse;
    assert.throws(() => password.resolve(), isFault('NJ-CONFIG-SETTING-MISSING', words));
    assert.throws(
      () => password.resolve(),
      (error) => !String(error).includes('hunter2'),
    );
  });
}

for (const value of ['hunter2', '0', '65536', '99999', '33.6', '-1', '0x10', ' 3306 ']) {
  test(`a port that is looked up and is none: "${value}"`, async () => {
    const text = validDeployment
      .replace('port: 3307', 'port: ${P}')
      .replace('host: ${WAREHOUSE_HOST}', 'host: localhost\n      port: ${P}');
    const variables = { P: value, TILL_PASSWORD: 'x', WAREHOUSE_PASSWORD: 'x' };
    const environment = environmentOf(await readBesideShop(text, variables), 'main');
    const [till] = environment.connections;
    assert.ok(till);
    const told = (place: string, line: number) => (error: unknown) => {
      assert.ok(error instanceof NightjarError);
      assert.equal(error.code, 'NJ-CONFIG-VALUE');
      assert.match(error.message, new RegExp(`^environments\\.main\\.${place}\\.port: .* in \\$\\{P\\}\\.$`));
      assert.ok(value === '0' || !error.message.includes(value), error.message);
      assert.deepEqual(
        [error.position?.line, error.position?.column],
        [line, place === 'warehouse' ? 13 : 15],
      );
      return true;
    };
    assert.throws(() => till.port.resolve(), told('connections.till', 10));
    assert.throws(() => warehouseAddress(environment.warehouse), told('warehouse', 19));
  });
}

test('a port that is looked up is what it is', async () => {
  const text = validDeployment.replace('host: ${WAREHOUSE_HOST}', 'host: localhost\n      port: ${P}');
  const variables = { P: '65535', WAREHOUSE_PASSWORD: 'x' };
  const { warehouse } = environmentOf(await readBesideShop(text, variables), 'main');
  assert.equal(warehouseAddress(warehouse).port, 65_535);
});

test('no part of a personal token is in a message, wherever it is pasted', () =>
  besideShop(async (_, read) => {
    const careless = [
      '{ anna: { token_digest: nj_hunter2 } }',
      '{ anna: { token_digest: [nj_hunter2] } }',
      '{ anna: { token: nj_hunter2 } }',
      '{ anna: { nj_hunter2: } }',
      '{ anna: nj_hunter2 }',
      '[nj_hunter2]',
      'nj_hunter2',
    ];
    for (const people of careless) {
      const text = validDeployment.replace('    time_zone: UTC', `    time_zone: UTC\n    people: ${people}`);
      const { faults, deployment } = await read(text);
      assert.equal(deployment, undefined, text);
      for (const { message } of faults) assert.ok(!message.includes('hunter2'), message);
      assert.match(faults.map(({ message }) => message).join('\n'), /environments\.other\.people/);
    }
  }));

/** A password that is written as it is, and what YAML makes of it. */
const careless = [
  'hunter2',
  '*hunter2',
  '&hunter2 x',
  '&hunter2',
  '!hunter2',
  '!hunter2 x',
  '!!hunter2',
  '!<hunter2> x',
  '@hunter2',
  '%hunter2',
  '`hunter2`',
  '"hunter2\\q"',
  '"\\hunter2"',
  '"hunter2" hunter2',
  "'hunter2' hunter2",
  'hunter2: x',
  'x: hunter2',
  '[hunter2',
  '[hunter2]',
  '{hunter2',
  '{hunter2: x}',
  '|hunter2',
  '>hunter2',
  '| hunter2',
  '? hunter2',
  '- hunter2',
  ']hunter2',
  '"hunter2',
  '#hunter2',
  '\thunter2: x',
  '${hunter2',
  '${A}hunter2',
  '${hunter2:-x}',
];
test('no part of a password is in a message, however carelessly it is written', () =>
  besideShop(async (_, read) => {
    const reference = 'password: ${WAREHOUSE_PASSWORD}';
    const flow = 'password: "${P}", database: other';
    const texts = careless.flatMap((written) => [
      ...[
        `password: ${written}`,
        `password:${written}`,
        `tls: ${written}
      ${reference}`,
      ].map((to) => validDeployment.replace(reference, () => to)),
      validDeployment.replace(flow, () => `password:${written}, database: other`),
    ]);
    for (const text of texts) {
      const { faults, deployment } = await read(text);
      assert.equal(deployment, undefined, text);
      for (const fault of faults) {
        const said = `${fault.message} ${fault.remedy} ${fault.stack ?? ''} ${JSON.stringify(fault)}`;
        assert.ok(!said.includes('hunter2'), said);
      }
    }
  }));
