import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { hazardCounts, hazards } from './hazards.ts';
import { faults } from './faults/registry.ts';

const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');

test('the README tells every planted fault with its number', () => {
  const counts = hazardCounts({ scale: 1 / 50, seed: 1, today: '2026-03-10', region: 'england' }, 'mysql');
  const told = [...readme.matchAll(/^\| (H\d+) \| (\S+) \| .* \| (\d+) \|$/gm)].map(
    ([, hazard, name, count]) => [hazard, name, count].join(' '),
  );
  const planted = hazards.map(({ hazard, name }) => `${hazard} ${name} ${counts[name] ?? 0}`);
  assert.deepEqual(told.sort(), planted.sort());
});

test('the README tells every harm', () => {
  for (const { name, describes } of faults)
    assert.ok(readme.includes(`| \`${name}\` | ${describes} |`), name);
});

test('every catalogued hazard is planted, or is an event that a harm brings about', () => {
  const planted = new Set(hazards.map(({ hazard }) => hazard));
  const missing = Array.from({ length: 25 }, (_, at) => `H${at + 1}`).filter(
    (hazard) => !planted.has(hazard),
  );
  assert.deepEqual(missing, ['H21', 'H23']);
});
