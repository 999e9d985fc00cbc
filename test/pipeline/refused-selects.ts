import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../src/error/catalogue.ts';
import { mark, markedPlace, probe, readShop } from './shop.ts';

/** A SELECT with the mark where its one fault is, the fault's code, and words that its sentence must hold. */
export type Refused = readonly [sql: string, code: ErrorCode, words?: string, columns?: readonly string[]];

/** A test for each. */
export function testRefused(selects: readonly Refused[]): void {
  for (const [sql, code, words, columns] of selects) {
    test(`refused: ${sql.replaceAll('\n', ' ')}`, async () => {
      assert.ok(sql.includes(mark), 'the test must say where');
      const files = probe(sql, columns);
      const { faults, places } = await readShop(files);
      const relevant = places.filter((place) => !place.includes('.yaml'));
      assert.deepEqual(
        relevant,
        [`${code} ${markedPlace(files)}`],
        faults.map((fault) => fault.message).join('\n'),
      );
      if (words !== undefined)
        assert.ok(
          faults.some((fault) => fault.message.includes(words)),
          faults[0]?.message,
        );
    });
  }
}
