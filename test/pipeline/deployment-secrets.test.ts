import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Variables } from '../../src/pipeline/setting.ts';
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
