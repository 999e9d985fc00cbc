import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonSchemas } from '../../src/pipeline/schema/json-schemas.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');

test('the JSON Schemas for editors are what scripts/generate-schemas.ts writes', async () => {
  const expected = jsonSchemas();
  assert.deepEqual((await readdir(folder)).toSorted(), [...expected.keys()].toSorted());
  for (const [name, text] of expected) {
    // The files are formatted like all others; what they say is compared.
    const written: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    const current: unknown = JSON.parse(text);
    assert.deepEqual(written, current, name);
  }
});
