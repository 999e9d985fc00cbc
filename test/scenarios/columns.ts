import assert from 'node:assert/strict';
import { changeSource } from '../tis/sample-night.ts';
import type { Scenario } from './scenario.ts';
import { tisStage } from './tis-stage.ts';

/** Columns that are not what they were. */
export const columns: readonly Scenario[] = [
  {
    date: '16 Mar 2021',
    what: 'a column becomes a number where it was a text; another a text where it was an enumeration',
    then: 'readers built on the old type failed at night, and what they fed was stale',
    play: async () => {
      await using stage = await tisStage();
      const { target } = stage.night.sample;
      // An enumeration is a text to us: that one passes.
      await changeSource(target, 'ALTER TABLE {tcs.Placement} ALTER COLUMN "lifecycleState" TYPE varchar(8)');
      assert.deepEqual((await stage.next('2026-06-02')).failed, []);
      await changeSource(target, 'ALTER TABLE {tcs.Placement} ALTER COLUMN "traineeId" TYPE text');
      let message = '';
      await assert.rejects(stage.next('2026-06-03'), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'NJ-SOURCE-COLUMN-RETYPED');
        message = error.message;
        return true;
      });
      assert.match(message, /Placement\.traineeId is declared bigint, but the source has text/);
      return `The enumeration that became a text is published as before. The other stops the run before a row is read, by name: ${message}`;
    },
  },
];
