import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { projectRoot, readPage, tableRows } from './page.ts';

const versions = z.record(z.string(), z.string());
const packageSchema = z.object({
  dependencies: versions,
  optionalDependencies: versions,
  devDependencies: versions,
});

test('each dependency has its reason on the page, and each on the page is one', async () => {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8');
  const { dependencies, optionalDependencies, devDependencies } = packageSchema.parse(JSON.parse(text));
  const page = await readPage('docs/reference/dependencies.md');
  const named = (heading: string): readonly string[] =>
    tableRows(page, heading)
      .flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
      .sort();
  assert.deepEqual(
    named('To run'),
    [...Object.keys(dependencies), ...Object.keys(optionalDependencies)].sort(),
  );
  assert.deepEqual(named('To develop'), Object.keys(devDependencies).sort());
});
