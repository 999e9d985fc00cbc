import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { hurtSample } from '../../samples/tis/hurt.ts';
import { markerPattern } from '../../samples/tis/marker.ts';
import type { WorldOptions } from '../../samples/tis/world/world.ts';
import { commandPlace, consumersFile, warehouseFile } from '../harness/command-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { assertNothingShown } from '../night/failing-night.ts';
import { askSource, testSample } from './sample-night.ts';
import { shippedProduction, tisWarehouse } from './tis-night.ts';

const options: WorldOptions = { scale: 1 / 2000, seed: 5, today: '2026-04-14', region: 'england' };
const next = '2026-04-15';
const pipeline = fileURLToPath(new URL('../../pipelines/tis-ndw', import.meta.url));

interface Step {
  /** What is done to the sample before. */
  readonly harms?: readonly string[];
  readonly args: readonly string[];
  /** What the output must say: that the step met what it is for. */
  readonly says: RegExp;
}

const steps: readonly Step[] = [
  {
    args: ['run', '--first', '--night', options.today],
    says: /generation 1 of night 2026-04-14 is published/,
  },
  { args: ['faults', '--csv'], says: /^office,dataset,key,/ },
  {
    harms: ['null-names', 'new-code', 'hours-as-wte', 'double-label', 'rename-office', 'rekey-memberships'],
    args: ['run', '--night', next],
    says: /NJ-GUARD-HELD[^]*nulls:person\.surname[^]*codes:placement\.placement_type/,
  },
  { args: ['hold'], says: /Such as: person_tis_id \d[^]*nulls:person\.surname/ },
  { args: ['hold', '--json'], says: /codes:placement\.placement_type/ },
  { args: ['why', 'person', 'THE-PERSON'], says: /of person/ },
  { args: ['verify', '--keys', '20'], says: /person_tis_id \d+ is extra[^]*NJ-PUBLISH-DIFFERS/ },
  {
    harms: ['nul-in-text', 'zero-dates', 'lose-rows', 'half-filled-owner'],
    args: ['run', '--json', '--night', next],
    says: /NJ-GUARD-HELD[^]*departures/,
  },
  {
    harms: ['retype-column', 'narrow-column', 'rename-column', 'empty-table'],
    args: ['check'],
    says: /NJ-SOURCE-COLUMN-RETYPED[^]*dateOfBirth/,
  },
  { args: ['run', '--night', next], says: /NJ-SOURCE-/ },
  { args: ['status'], says: /NJ-SOURCE-/ },
  { args: ['generations', 'show', '1', '--json'], says: /placement/ },
];

test('nothing that is said or kept of a TIS in trouble tells who anybody in it is', async (t) => {
  const production = await shippedProduction();
  await using sample = await testSample('mysql', options);
  await using warehouse = await tisWarehouse(await testPostgres(18), production.environment);
  const { target } = sample;
  assert.ok(target.kind === 'mysql');
  const { host, port, user } = target;
  await using place = await commandPlace({
    production: {
      pipeline,
      time_zone: 'Europe/London',
      connections: { tis: { kind: 'mysql', host, port, user, password: '${TIS_PASSWORD}' } },
      sources: Object.fromEntries(
        ['tcs', 'reference', 'assessments'].map((name) => [
          name,
          { connection: 'tis', schema: `${target.prefix ?? ''}_${name}` },
        ]),
      ),
      warehouse: warehouseFile(warehouse.address),
      schema: 'ndw',
      consumers: consumersFile(warehouse.consumers),
    },
  });
  const [person] = await askSource(target, 'SELECT MIN("id") AS id FROM {tcs.Person}');
  const said: string[] = [];
  for (const { harms = [], args, says } of steps) {
    await t.test([...harms, args.join(' ')].join(', '), async () => {
      for (const harm of harms) said.push((await hurtSample(target, harm)).sentence);
      const { output } = await place.run(
        args.map((word) => (word === 'THE-PERSON' ? String(person?.['id']) : word)),
        { TIS_PASSWORD: target.password, WAREHOUSE_PASSWORD: warehouse.address.password },
      );
      assert.match(output, says);
      said.push(output);
    });
  }
  await assertNothingShown({ warehouse }, said, markerPattern);
});
