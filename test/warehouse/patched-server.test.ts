import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingPatch } from '../../src/warehouse/patched-server.ts';

test('a server is asked for the release in which statistics no longer tell past row-level security', () => {
  assert.deepEqual(missingPatch(150_013), { found: '15.13', needed: '15.14' });
  assert.deepEqual(missingPatch(160_009), { found: '16.9', needed: '16.10' });
  assert.deepEqual(missingPatch(170_000), { found: '17.0', needed: '17.6' });
  for (const patched of [150_014, 160_010, 170_006, 180_000]) assert.equal(missingPatch(patched), undefined);
});
