import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedPages } from '../../scripts/docs/pages.ts';
import { errorCodes, explanation } from '../../src/cli/explanation.ts';
import { projectRoot, readPage } from './page.ts';

test('the generated pages are current', async () => {
  for (const { file, text } of await generatedPages(projectRoot)) {
    assert.ok(
      (await readPage(file)) === text,
      `${file} is stale: node scripts/with-node.mjs all scripts/generate-docs.ts`,
    );
  }
});

test('every error has a section with an example, and something to do', async () => {
  const page = await readPage('docs/reference/errors.md');
  const codes = errorCodes();
  assert.ok(codes.length > 80);
  for (const code of codes) {
    const { example, remedy } = explanation(code);
    assert.match(page, new RegExp(`^### ${code}$`, 'm'));
    // One that ends with SQL to be copied ends as that does.
    assert.match(example, /^[^\s].{10,}[.?;]$/s, `the example of ${code} is no sentence: ${example}`);
    assert.doesNotMatch(example, /undefined|NaN|\[object/, code);
    assert.match(remedy, /^[A-Z"].{10,}\.$/s, `what to do about ${code} is no sentence: ${remedy}`);
  }
  const headings = [...page.matchAll(/^### (\S+)$/gm)].map(([, code]) => code);
  assert.deepEqual(headings.sort(), [...codes]);
});
