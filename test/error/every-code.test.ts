import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogue } from '../../src/error/catalogue.ts';

const root = join(import.meta.dirname, '../..');

// Named is not yet tested; but what no test names, no test has met.
test('every code of the catalogue is named by a test', async () => {
  const words = new Set<string>();
  for (const folder of ['test', 'samples']) {
    for (const path of await readdir(join(root, folder), { recursive: true })) {
      if (!path.endsWith('.test.ts') || path.includes('node_modules')) continue;
      const text = await readFile(join(root, folder, path), 'utf8');
      for (const [word] of text.matchAll(/NJ-[A-Z]+(?:-[A-Z]+)*/g)) words.add(word);
    }
  }
  assert.deepEqual(
    Object.keys(catalogue).filter((code) => !words.has(code)),
    [],
  );
});
