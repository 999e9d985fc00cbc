import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Output } from '../../src/cli/output.ts';
import { asNightjarError } from '../../src/error/as-nightjar-error.ts';

function breaks(): never {
  throw new TypeError('a message with the value Zq7Leak');
}

test('a fault of ours names the lines that it came from, not those where it was noticed, and nothing of its words', (t) => {
  const written = t.mock.method(process.stdout, 'write', () => true);
  try {
    breaks();
  } catch (error) {
    // As "nightjar check" does, which tells of one fault and goes on.
    new Output(true).complain(asNightjarError(error, 'the check of the sources'), { environment: 'test' });
  }
  const said = written.mock.calls.map((call) => String(call.arguments[0])).join('');
  written.mock.restore();
  assert.match(said, /"error":"NJ-INTERNAL-UNEXPECTED".*"lines":\["test\/error\/our-lines\.test\.ts:7:9"/);
  assert.doesNotMatch(said, /as-nightjar-error|Zq7Leak/);
});
