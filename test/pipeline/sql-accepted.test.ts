import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptedSelects } from './accepted-selects.ts';
import { probe, readShop } from './shop.ts';

for (const [why, sql, columns] of acceptedSelects) {
  test(`accepted: ${why}`, async () => {
    const { faults, pipeline } = await readShop(probe(sql, columns));
    assert.deepEqual(
      faults.map((fault) => `${fault.position?.line}:${fault.position?.column} ${fault.message}`),
      [],
    );
    assert.ok(pipeline?.datasets.some((dataset) => dataset.name === 'probe'));
  });
}
