import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textPositions } from '../../src/pipeline/text-positions.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';

test('a condition of thirty thousand terms on one line is checked in seconds', async () => {
  const terms = Array.from({ length: 30_000 }, (_, index) => `s.id = ${index}`).join(' or ');
  const select = `select s.id as secret_id, s.marker from shop_secret s where ${terms}\n`;
  const began = performance.now();
  await readMarkedShop({ 'datasets/secret.sql': select });
  const seconds = (performance.now() - began) / 1000;
  // One or two; a minute where the line is counted through for each term.
  assert.ok(seconds < 20, `it took ${seconds} s`);
});

test('a place is told by its line and by how many characters stand before it there', () => {
  const text = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n'), { maxLength: 12 });
  fc.assert(
    fc.property(text, fc.nat({ max: 30 }), (characters, offset) => {
      const all = characters.join('');
      const before = all.slice(0, offset).split('\n');
      assert.deepEqual(textPositions('file', all).at(offset), {
        file: 'file',
        line: before.length,
        column: Array.from(before.at(-1) ?? '').length + 1,
      });
    }),
  );
});
