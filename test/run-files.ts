/**
 * node test/run-files.ts REPORT FILE…
 *
 * Runs test files as `node --test` does, but begins them in the order given (that one sorts them by name), and writes what
 * became of each test to REPORT as JUnit's XML.
 */
import { createWriteStream } from 'node:fs';
import type { Duplex } from 'node:stream';
import { run } from 'node:test';
import { junit, spec } from 'node:test/reporters';

/** A test that waits longer hangs. */
const limitMs = 360_000;
/** Most of a test is waiting, for servers that have two processors as well as for an instant that is ahead. */
const filesAtATime = 8;

const [report = '', ...files] = process.argv.slice(2);
const events = run({ files, concurrency: filesAtATime, timeout: limitMs });
events.on('test:fail', () => {
  process.exitCode = 1;
});
events.compose<Duplex>(new spec()).pipe(process.stdout);
events.compose<Duplex>(junit).pipe(createWriteStream(report));
