import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { orderDatasets } from '../../src/pipeline/dataset-order.ts';
import { FaultList } from '../../src/pipeline/fault-list.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';

/** Each dataset as `name: what it reads > what it refers to`. */
function order(...datasets: readonly string[]): string {
  const faults = new FaultList();
  const words = (text = ''): readonly string[] => text.split(' ').filter((word) => word !== '');
  const ordered = orderDatasets(
    datasets.map((dataset) => {
      const [name = '', edges = ''] = dataset.split(':');
      const [reads, refersTo] = edges.split('>').map(words);
      const at = { file: name, line: 1, column: 1 };
      return { name, reads: new Map(reads?.map((read) => [read, at])), refersTo: refersTo ?? [] };
    }),
    faults,
  );
  assert.deepEqual(faults.sorted(), []);
  return ordered.join(' ');
}

test('datasets stand behind what they read, then behind what they refer to, then by name', () => {
  assert.equal(order('c', 'a: c', 'b'), 'c a b');
  assert.equal(order('a: > c', 'b', 'c'), 'c a b');
  assert.equal(order('a: > b c', 'b: > c', 'c'), 'c b a');
});

test('a reference that would make a circle is left out, whichever way the files stand', () => {
  assert.equal(order('a: > a b', 'b: a'), 'a b');
  assert.equal(order('b: a', 'a: > a b'), 'a b');
  // Through others, and among references alone: there the first by name has its parents before it.
  assert.equal(order('a: > c', 'b: a', 'c: b'), 'a b c');
  assert.equal(order('a: > b', 'b: > a'), 'b a');
  assert.equal(order('b: > a', 'a: > b'), 'b a');
  assert.equal(order('a: > elsewhere'), 'a');
});

test('in the pipeline of TIS only what an applicant is made of stands before what it refers to', async () => {
  const { pipeline } = await readPipeline(join(import.meta.dirname, '../../pipelines/tis-ndw'));
  const names = pipeline?.datasets.map(({ name }) => name) ?? [];
  const early = pipeline?.datasets.flatMap(({ name, contract }) =>
    contract.references
      .filter(({ dataset }) => names.indexOf(dataset) > names.indexOf(name))
      .map(({ dataset }) => `${name} -> ${dataset}`),
  );
  assert.deepEqual(early, ['lm_programme_membership -> lm_applicant']);
});
