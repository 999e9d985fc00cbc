import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const example = new URL('../../nightjar.yaml', import.meta.url).pathname;

const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['sample'], /^Unknown option '--json'\.$/],
  [['runn'], /^Unknown command 'runn' \(Did you mean run\?\)\.$/],
  [['run', '--nigth', '2026-11-20'], /^Unknown option '--nigth' \(Did you mean --night\?\)\.$/],
  [['warehouse', 'sql', '--major', '9'], /'9' is invalid\. It must be 15 or later\.$/],
  [
    ['run', '--night', '2026-02-30'],
    /'2026-02-30' is invalid\. It must be a date of the calendar, as 2026-11-20\.$/,
  ],
  [['read'], /^Missing required argument 'consumer'\.$/],
  [
    ['status', 'staging'],
    /^"staging" is one word too many .* \(Did you mean "nightjar status -e staging"\?\)\.$/,
  ],
  [['sample', 'create'], /'--to <url>' not specified\.$/],
  [['demo', 'hurt', 'kill', 'more'], /^"more" is one word too many/],
];

for (const [args, message] of wrong) {
  const words = ['nightjar', ...args].join(' ');
  test(`${words}: wrong use, in sentences for people and as one object for programs`, async () => {
    const people = await runNightjar(args);
    assert.equal(people.code, 2);
    assert.deepEqual(people.lines, []);
    assert.notEqual(people.complaints, '');

    const programs = await runNightjar([...args, '--json']);
    assert.equal(programs.code, 2);
    assert.equal(programs.complaints, '');
    assert.equal(programs.lines.length, 1);
    const told: unknown = JSON.parse(programs.lines[0] ?? '');
    assert.ok(typeof told === 'object' && told !== null);
    const empty = { error: '', class: '', message: '', remedy: '' };
    const { error, class: kind, message: said, remedy } = { ...empty, ...told };
    assert.equal(error, 'NJ-USE-COMMAND');
    assert.equal(kind, 'use');
    assert.match(said, message);
    assert.match(remedy, /nightjar --help/);
  });
}

const unknown: readonly (readonly [args: readonly string[], code: string, sentence: RegExp])[] = [
  [['data-map', '-e', 'stagign', '-f', example], 'NJ-USE-ENVIRONMENT', /Did you mean staging\?/],
  [
    ['run', '--night', '2999-01-01', '-e', 'staging', '-f', example],
    'NJ-USE-VALUE',
    /--night must be a date up to today, which is \d{4}-\d\d-\d\d in Europe\/London, and is "2999-01-01"\./,
  ],
  [
    ['generations', 'rollback', '1', '--hold', ' ', '-e', 'staging', '-f', example],
    'NJ-USE-VALUE',
    /--hold must be a reason in words\./,
  ],
  [
    ['sample', 'hurt', 'empty-tabel'],
    'NJ-USE-FAULT',
    /There is no harm "empty-tabel"\. Did you mean empty-table\?/,
  ],
  [
    ['sample', 'hurt', 'empty-table'],
    'NJ-USE-VALUE',
    /--to must be mysql:\/\/.* or postgres:\/\/.*database\.\n/,
  ],
  [['demo', 'hurt', 'emtpy-table'], 'NJ-USE-FAULT', /Did you mean empty-table\?/],
  [['demo', 'hurt', 'nul-in-text'], 'NJ-USE-FAULT', /There is no harm "nul-in-text"/],
  [['demo', 'hurt', 'empty-table'], 'NJ-USE-NO-DEMO', /No demo is up here/],
  [
    ['explain', 'nj-guard'],
    'NJ-USE-UNKNOWN',
    /There is no code "NJ-GUARD"\. Did you mean NJ-GUARD-HELD, .* or NJ-GUARD-VOID\?/,
  ],
  [['explain', 'nj'], 'NJ-USE-UNKNOWN', /Known: those that "nightjar explain" lists\./],
  [['explain', 'nj-source-cut-shrt'], 'NJ-USE-UNKNOWN', /Did you mean NJ-SOURCE-CUT-SHORT\?/],
  [['explain', 'cut-short'], 'NJ-USE-UNKNOWN', /Did you mean NJ-SOURCE-CUT-SHORT\?/],
];

for (const [args, code, sentence] of unknown) {
  test(`nightjar ${args.slice(0, 3).join(' ')}: ${code}, exit code 2`, async () => {
    await using place = await temporaryFolder();
    const { code: exit, complaints } = await runNightjar(args, {
      NIGHTJAR_DEMO_FOLDER: join(place.path, 'demo'),
    });
    assert.match(complaints, new RegExp(`^${code}: `));
    assert.match(complaints, sentence);
    assert.equal(exit, 2);
  });
}

test('CSV is not asked for together with objects for programs', async () => {
  const { code, lines } = await runNightjar(['faults', '--csv', '--json']);
  assert.equal(code, 2);
  assert.match(lines.join(), /"NJ-USE-COMMAND".*Option '--csv' cannot be used with option '--json'\./);
});

test('the harms are listed without a place to do them to', async () => {
  const { code, lines: words } = await runNightjar(['sample', 'hurt', '--json']);
  assert.equal(code, 0);
  assert.ok(words.some((line) => line.startsWith('{"fault":"empty-table",')));
});

test('demo hurt offers what can be done to a copy in PostgreSQL, to programs too', async () => {
  const { code, lines: words } = await runNightjar(['demo', 'hurt', '--json']);
  assert.equal(code, 0);
  const names = words.map((line) => /^{"fault":"([a-z-]+)","describes":".+"}$/.exec(line)?.[1]);
  assert.ok(['kill', 'empty-table', 'lock-table'].every((name) => names.includes(name)));
  for (const name of ['foreign-engine', 'nul-in-text', 'zero-dates', 'stale-locks'])
    assert.ok(!names.includes(name));
});
