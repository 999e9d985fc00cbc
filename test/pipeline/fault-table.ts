import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../src/error/catalogue.ts';
import { mark, markedPlace, readShop, shop, type Files } from './shop.ts';

/** One thing spoilt in the shop, and what must be said about it. */
export interface Fault {
  readonly what: string;
  /** The files that differ from the shop's; the mark stands where the fault is. */
  readonly files: Files;
  readonly code: ErrorCode;
  /** What the sentence must say. */
  readonly words?: string;
  /** Where the fault is, if no file can hold the mark. */
  readonly place?: string;
  /** Faults that rightly follow from it: how many. */
  readonly more?: number;
}

/** A file of the shop with one place changed. */
export function edit(path: keyof typeof shop, from: string, to: string): Files {
  const content = shop[path];
  assert.ok(content.includes(from), `${path} holds no ${from}`);
  return { [path]: content.replace(from, to) };
}

/** A test for each. */
export function testFaults(faults: readonly Fault[]): void {
  for (const { what, files, code, words, place, more } of faults) {
    test(`a fault: ${what}`, async () => {
      const expected = place ?? markedPlace(files);
      assert.ok(expected !== undefined, 'the test must say where');
      const { faults: found, places, pipeline } = await readShop(files);
      const said = found.map((fault) => `${fault.code}: ${fault.message}`).join('\n');
      assert.ok(places.includes(`${code} ${expected}`), `${places.join('\n')}\n${said}`);
      assert.equal(places.length, 1 + (more ?? 0), `${places.join('\n')}\n${said}`);
      const fault = found[places.indexOf(`${code} ${expected}`)];
      if (words !== undefined) assert.ok(fault?.message.includes(words), fault?.message);
      assert.equal(pipeline, undefined);
      assert.ok(!said.includes(mark));
    });
  }
}
