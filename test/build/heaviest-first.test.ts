import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { heaviestFirst } from '../../src/build/heaviest-first.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';

test('what the most work waits for is begun first, and the largest does not come last', async () => {
  const { pipeline } = await readPipeline(join(import.meta.dirname, '../../pipelines/tis-ndw'));
  assert.ok(pipeline !== undefined);
  const rows = new Map([
    ['tcs_placement', 2_100_000],
    ['tcs_assessment', 700_000],
    ['tcs_qualification', 350_000],
    ['tcs_post', 180_000],
    ['tcs_person', 150_000],
  ]);
  const order = heaviestFirst(pipeline.datasets, rows).map(({ name }) => name);
  assert.deepEqual(order.toSorted(), pipeline.datasets.map(({ name }) => name).toSorted());
  const at = (name: string): number => order.indexOf(name);
  // The placements wait for the posts, and those for sites and trusts; nobody waits for a qualification.
  assert.ok(at('post') < at('placement') && at('site') < at('placement'));
  assert.ok(at('placement') < at('qualification'));
  assert.ok(at('post') < at('qualification'));
  // They refer to the people: those come first too, though no placement reads them.
  assert.ok(at('person') < at('assessment'));
});
