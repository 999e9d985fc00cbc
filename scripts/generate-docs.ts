/** Writes the pages of docs/ that are made from the code and the contracts. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedPages } from './docs/pages.ts';

const root = join(import.meta.dirname, '..');
for (const { file, text } of await generatedPages(root)) {
  await writeFile(join(root, file), text);
  console.log(file);
}
