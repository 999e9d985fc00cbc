import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { passedTests } from '../harness/passed-tests.ts';
import { readHazardTable, unprovedHazards } from './hazard-table.ts';

const root = new URL('../../', import.meta.url);
const rows = await readHazardTable();

/** Whether each test ran is asked after all of them have, by test/run.ts: no test can know it of another file. */
describe('the table of hazards', () => {
  it('has one line for each of H1 to H25, in order, with something in every cell', () => {
    assert.deepEqual(
      rows.map((row) => row.hazard),
      Array.from({ length: 25 }, (_, at) => `H${at + 1}`),
    );
    for (const { hazard, described, seen, where, tests } of rows) {
      for (const cell of [described, seen, where]) assert.ok(cell.length > 10, `${hazard}: "${cell}"`);
      assert.notEqual(tests.length, 0, `${hazard} names no test`);
    }
  });

  it('names tests that exist, and each bears the number of its hazard', async () => {
    for (const { hazard, tests } of rows) {
      for (const test of tests) {
        const [file = '', name = ''] = test.split(' › ');
        assert.match(file, /^(test|samples)\/.*\.test\.ts$/);
        assert.ok(name.startsWith(`${hazard} `), test);
        assert.ok((await readFile(new URL(file, root), 'utf8')).includes(`it('${name}',`), test);
      }
    }
  });

  it('names files that exist', async () => {
    for (const { hazard, where } of rows) {
      for (const path of filesIn(where))
        await assert.doesNotReject(access(new URL(path, root)), `${hazard}: ${path}`);
    }
  });
});

describe('the check that named tests ran', () => {
  const file = new URL('test/tis/hazards.test.ts', root).pathname;
  const name = 'H1 a > b';
  const row = {
    ...{ hazard: 'H1', described: '', seen: '', where: '' },
    tests: [`test/tis/hazards.test.ts › ${name}`],
  };
  const unproved = (report: string) => unprovedHazards([row], passedTests(report, root.pathname)).length;

  it('is content with a test that passed, and with nothing else', () => {
    const attributes = `name="${name}" time="0.1" classname="hazards" file="${file}"`;
    assert.equal(unproved(`<testcase ${attributes}/>`), 0);
    assert.equal(
      unproved(`<testcase ${attributes}>\n<skipped type="skipped" message="true"/>\n</testcase>`),
      1,
    );
    assert.equal(unproved(`<testcase ${attributes}>\n<skipped type="todo" message="true"/>\n</testcase>`), 1);
    assert.equal(unproved(`<testcase ${attributes} failure="x">\n<failure>x</failure>\n</testcase>`), 1);
    assert.equal(unproved(`<testcase ${attributes.replace('hazards.test.ts', 'other.test.ts')}/>`), 1);
    assert.equal(unproved(`<testcase ${attributes.replace('H1 a', 'H1 c')}/>`), 1);
    assert.equal(unproved('<testsuites></testsuites>'), 1);
  });
});

/** `datasets/post.sql`, `placement.sql`: the second lies where the first does. */
function filesIn(where: string): readonly string[] {
  let folder = '';
  return [...where.matchAll(/`([^`]+\.(?:sql|yaml|csv|ts))`/g)].map(([, path = '']) => {
    const name = path.replace(/^(datasets|sources|seeds)\//, 'pipelines/tis-ndw/$1/');
    if (name.includes('/')) folder = name.slice(0, name.lastIndexOf('/') + 1);
    return name.includes('/') ? name : folder + name;
  });
}
