/**
 * Writes the JSON Schemas of the files that people write, for their editors, to schemas/. A test fails when they are
 * not current.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../src/pipeline/schema/json-schemas.ts';

const folder = join(import.meta.dirname, '..', 'schemas');
await mkdir(folder, { recursive: true });
for (const [name, text] of jsonSchemas()) {
  const file = join(folder, name);
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
}
