import assert from 'node:assert/strict';
import { advanceSample } from '../../samples/tis/advance.ts';
import { changeSource } from '../tis/sample-night.ts';
import { askPublished } from './ask-published.ts';
import type { Scenario } from './scenario.ts';
import { england, tisStage, withDataset } from './tis-stage.ts';

/** Nights that should pass, or of which only a row should not. */
export const nights: readonly Scenario[] = [
  {
    date: '29 Sep 2021',
    what: 'the wave eight weeks after the changeover: programmes that ended on 3 August leave the extract',
    then: 'any plain percentage would have cried wolf on this night every year',
    play: async () => {
      await using stage = await tisStage({ ...england, scale: 1 / 100, today: '2021-09-28' });
      const judged = await stage.next('2021-09-29');
      assert.deepEqual(judged.failed, []);
      const sentence = judged.sentence('departures:lm_programme_membership');
      const [, left = '0'] = /With one: ([\d,]+) \(it ended, period of grace included/.exec(sentence) ?? [];
      assert.ok(Number(left.replaceAll(',', '')) > 10, sentence);
      return `Published without a human. ${sentence}`;
    },
  },
  {
    date: 'ten days of summer',
    what: 'joiners, changes, leavers, deletions and the jobs of each night, the changeover of 5 August among them',
    then: 'whoever watches for a percentage is called out, or learns to look away',
    play: async () => {
      await using stage = await tisStage({ ...england, scale: 1 / 100, today: '2026-07-31' });
      const { target } = stage.night.sample;
      for (let day = 1; day <= 10; day++) {
        const today = `2026-08-${String(day).padStart(2, '0')}`;
        await advanceSample(target, { seed: england.seed, today });
        const judged = await stage.next(today);
        assert.deepEqual(judged.failed.map(judged.sentence), [], today);
      }
      return 'Ten nights, each published without a human.';
    },
  },
  {
    date: '20 Nov 2023',
    what: 'one placement without a whole time equivalent, which the reader must have, for three weeks',
    then: 'the load was switched off: stale for 21 days, until the row was deleted',
    play: async () => {
      const wanted = withDataset('lm_placement', (dataset) => ({
        ...dataset,
        contract: {
          ...dataset.contract,
          columns: dataset.contract.columns.map((column) =>
            column.name === 'placement_wte' ? { ...column, presence: 'required' } : column,
          ),
        },
      }));
      await using stage = await tisStage(england, wanted);
      const [row] = await askPublished(
        stage.night,
        'select placement_id, placement_wte from lm_placement order by 1 limit 1',
      );
      const id = Number(row?.['placement_id']);
      await changeSource(
        stage.night.sample.target,
        `UPDATE {tcs.Placement} SET "placementWholeTimeEquivalent" = NULL WHERE "id" = ${id}`,
      );
      for (const asOf of ['2026-06-02', '2026-06-09', '2026-06-16', '2026-06-22']) {
        const judged = await stage.next(asOf);
        assert.deepEqual(judged.failed, [], asOf);
        assert.deepEqual(
          await askPublished(
            stage.night,
            `select placement_id, placement_wte from lm_placement where placement_id = ${id}`,
          ),
          [row],
        );
      }
      const [held] = await askPublished(
        stage.night,
        `select since::text, rules from nightjar.held_row where dataset = 'lm_placement' and key = jsonb_build_object('placement_id', ${id}) order by generation desc`,
        'owner',
      );
      assert.deepEqual(held, { since: '2026-06-02', rules: ['required:placement_wte'] });
      return 'Every night published; the last good version of that one row stood in for it, listed since 2026-06-02 for the office that can mend it.';
    },
  },
  {
    date: '10 Mar 2021, NIMDTA',
    what: 'a value that one environment has and another has not',
    then: 'a script written for England failed on it; empty lists, found by a user',
    play: async () => {
      const change = `UPDATE {tcs.Placement} SET "placementType" = 'Northern rotation' WHERE "traineeId" IS NOT NULL`;
      await using nimdta = await tisStage({ ...england, scale: 1 / 50, region: 'nimdta' });
      await changeSource(nimdta.night.sample.target, change);
      const seen = await nimdta.next('2026-06-02');
      assert.ok(seen.failed.includes('codes:placement.placement_type'));
      assert.match(
        seen.sentence('codes:placement.placement_type'),
        /never published \("Northern rotation" [\d,]+\)/,
      );
      // England has never had it, and is not asked.
      await using production = await tisStage();
      assert.deepEqual((await production.next('2026-06-02')).failed, []);
      return `Each environment is judged by its own past. There: ${seen.sentence('codes:placement.placement_type')} Elsewhere nothing is held.`;
    },
  },
];
