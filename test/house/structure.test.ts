import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../harness/program.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const check = fileURLToPath(new URL('../../scripts/check-structure.mjs', import.meta.url));

async function faultsOf(files: Readonly<Record<string, string>>): Promise<{ code: unknown; faults: string }> {
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const program = startProgram([check, folder.path]);
  const code = await program.ended;
  return { code, faults: program.complaints() };
}

test('imports along the flow are fine', async () => {
  const found = await faultsOf({
    'src/pipeline/a.ts': 'export const a = 1;\n',
    'src/source/b.ts': "import { a } from '../pipeline/a.ts';\nexport const b = a;\n",
  });
  assert.deepEqual(found, { code: 0, faults: '' });
});

test('an import against the flow is found, also of a type alone', async () => {
  const found = await faultsOf({
    'src/pipeline/a.ts': "import type { B } from '../source/b.ts';\nexport type A = B;\n",
    'src/source/b.ts': 'export type B = 1;\n',
  });
  assert.equal(found.code, 1);
  assert.match(
    found.faults,
    /pipeline-knows-only-what-is-before-it: src\/pipeline\/a.ts → src\/source\/b.ts/,
  );
});

test('a cycle, a sample in src, an unknown folder and a file that is not there are found', async () => {
  const found = await faultsOf({
    'src/pipeline/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'src/pipeline/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    'src/source/c.ts': "import '../../samples/d.ts';\nimport '../utils/e.ts';\nimport './missing.ts';\n",
    'src/utils/e.ts': 'export const e = 1;\n',
    'samples/d.ts': 'export const d = 1;\n',
  });
  assert.equal(found.code, 1);
  for (const rule of ['no-cycle', 'src-stands-alone', 'src-has-only-known-folders', 'resolvable']) {
    assert.match(found.faults, new RegExp(`^${rule}: `, 'm'));
  }
});

test('a checker that sees no imports is not believed', async () => {
  const found = await faultsOf({
    'src/pipeline/a.ts': 'export const a = 1;\n',
    'src/source/b.ts': 'export const b = 1;\n',
  });
  assert.equal(found.code, 1);
  assert.match(found.faults, /0 imports among 2 files/);
});
