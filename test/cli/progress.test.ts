import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Output } from '../../src/cli/output.ts';
import { Progress, type ProgressStream } from '../../src/cli/progress.ts';
import type { NightEvent } from '../../src/night/night-event.ts';

const begins: NightEvent = {
  kind: 'run',
  run: 7,
  asOf: '2026-11-20',
  expected: { rows: 3_000, seconds: { extract: 30 } },
};
const reading = (table: string, rows: number): NightEvent => ({
  kind: 'reading',
  table,
  rows,
  bytes: rows * 10,
});

/** A stream that keeps what it is given. */
function paper(terminal?: { readonly columns: number }): ProgressStream & { written: string } {
  const kept = {
    written: '',
    write: (text: string) => (kept.written += text),
    ...(terminal === undefined ? {} : { isTTY: true, ...terminal }),
  };
  return kept;
}

/** Its lines without stamps and times. */
function lines({ written }: { readonly written: string }): readonly string[] {
  return written
    .replaceAll(/^\S+Z /gm, '')
    .replaceAll(/ +\d+\.\d s/g, ' … s')
    .trimEnd()
    .split('\n');
}

test('the line of a stage that has ended tells its totals, not the last thing that it did', () => {
  const stream = paper();
  using progress = new Progress(new Output(false), 'staging', stream);
  const events: readonly NightEvent[] = [
    begins,
    { kind: 'remark', sentence: 'Rows are read as text.' },
    { kind: 'stage', stage: 'build' },
    { kind: 'built', dataset: 'book', seconds: 1 },
    { kind: 'built', dataset: 'sale', seconds: 1 },
    { kind: 'stage', stage: 'audit' },
    { kind: 'audited', dataset: 'book', rows: 1_200 },
    { kind: 'audited', dataset: 'sale', rows: 34 },
    { kind: 'stage', stage: 'publish' },
    { kind: 'published', generation: 3, instant: new Date('2026-11-20T03:00:00Z') },
  ];
  for (const event of events) progress.show(event);
  progress.end();
  assert.deepEqual(lines(stream), [
    'staging run 7 of night 2026-11-20 begins',
    'staging Rows are read as text.',
    'staging build … s  2 datasets',
    'staging audit … s  2 datasets, 1,234 rows',
    'staging publish … s  generation 3 from 2026-11-20T03:00:00.000Z',
  ]);
});

test('where a run fails the stage that it failed in has a line', () => {
  const stream = paper();
  {
    using progress = new Progress(new Output(false), 'staging', stream);
    progress.show({ kind: 'stage', stage: 'extract' });
    progress.show(reading('shop_book', 1));
  }
  assert.equal(lines(stream).length, 1);
  assert.match(stream.written, / staging extract +\d\.\d s {2}not completed: shop_book: 1 row, 10 bytes, /);
});

test('elsewhere than on a terminal a long stage says every ten seconds how far it is', (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const stream = paper();
  using progress = new Progress(new Output(false), 'staging', stream);
  progress.show(begins);
  progress.show({ kind: 'stage', stage: 'extract' });
  progress.show(reading('shop_book', 1_000));
  const before = lines(stream).length;
  t.mock.timers.tick(9_999);
  assert.equal(lines(stream).length, before);
  t.mock.timers.tick(10_001);
  assert.equal(lines(stream).length, before + 2);
  assert.match(
    stream.written.split('\n').at(-2) ?? '',
    /^\d{4}-\S+Z staging extract +\d\.\d s {2}shop_book: 1,000 rows, 10\.0 kB, [\d,]+ rows\/s, about \d+ s left$/,
  );
});

for (const [columns, width] of [
  [0, 79],
  [40, 39],
] as const) {
  test(`a terminal that reports ${columns} columns gets a line of ${width} characters`, () => {
    const stream = paper({ columns });
    using progress = new Progress(new Output(false), 'a-long-name-'.repeat(9), stream);
    progress.show({ kind: 'stage', stage: 'extract' });
    const [drawn = ''] = stream.written.split('\r\u001B[K').slice(-1);
    assert.equal(drawn.length, width);
  });
}

test('a program is told nothing on the way', () => {
  const stream = paper();
  using progress = new Progress(new Output(true), 'staging', stream);
  progress.show(begins);
  progress.show({ kind: 'stage', stage: 'extract' });
  progress.end();
  assert.equal(stream.written, '');
});
