import assert from 'node:assert/strict';
import { hurtSample } from '../../samples/tis/hurt.ts';
import { changeSource } from '../tis/sample-night.ts';
import type { Scenario } from './scenario.ts';
import { england, tisStage, withDataset, type JudgedTisNight } from './tis-stage.ts';

const tomorrow = '2026-06-02';
const noPublication = 'Nobody reads it: the candidate is held';

function has(judged: JudgedTisNight, names: readonly string[]): void {
  assert.deepEqual(
    names.filter((name) => !judged.failed.includes(name)),
    [],
    `failed: ${judged.failed.join(', ')}`,
  );
}

/** What the source's own jobs, or hands, left behind. */
export const inputs: readonly Scenario[] = [
  {
    date: 'any night at 00:05',
    what: 'PersonOwner is empty as we read: its job died between emptying and filling',
    then: 'every person without an owner, published as a success',
    play: async () => {
      await using stage = await tisStage();
      await hurtSample(stage.night.sample.target, 'empty-table', { table: 'tcs.PersonOwner' });
      const judged = await stage.next(tomorrow);
      has(judged, [
        'coverage:person.owner',
        'nulls:person.current_owner',
        'distribution:person.current_owner',
      ]);
      assert.match(
        judged.sentence('coverage:person.owner'),
        /^tcs_person has no row in tcs_person_owner in ([\d,]+) of \1 rows; as published it was /,
      );
      return `${noPublication}. ${judged.sentence('coverage:person.owner')}`;
    },
  },
  {
    date: '8 Jan 2024',
    what: 'PersonOwner is half filled: jobs ran into one another',
    then: 'people missing half a day, and every job had "completed"',
    play: async () => {
      await using stage = await tisStage();
      await hurtSample(stage.night.sample.target, 'half-filled-owner');
      const judged = await stage.next(tomorrow);
      has(judged, ['coverage:person.owner', 'nulls:person.current_owner']);
      return `${noPublication}. ${judged.sentence('coverage:person.owner')}`;
    },
  },
  {
    date: '1 Jun 2021',
    what: 'the trainee role changes its letter case, and a release compares it letter by letter',
    then: 'about 17,000 trainees silently missing, told by a trainee',
    play: async () => {
      const letterByLetter = withDataset('lm_applicant', (dataset) => ({
        ...dataset,
        sql: dataset.sql.replace(
          'fold_case(r.role) = fold_case(one.role)',
          'exact(r.role) = exact(btrim(one.role))',
        ),
      }));
      await using stage = await tisStage(england, letterByLetter);
      await hurtSample(stage.night.sample.target, 'rename-role');
      const judged = await stage.next(tomorrow);
      has(judged, ['departures:lm_applicant']);
      assert.match(
        judged.sentence('departures:lm_applicant'),
        /left without an explanation.*All of these are still in the source: a rule leaves them out\./,
      );
      // The shipped release does not mind.
      await using other = await tisStage();
      await hurtSample(other.night.sample.target, 'rename-role');
      assert.deepEqual((await other.next(tomorrow)).failed, []);
      return `${noPublication}. ${judged.sentence('departures:lm_applicant')} (The shipped release does not compare so.)`;
    },
  },
  {
    date: '2022',
    what: 'a split gives every membership a new key, all else unchanged',
    then: 'whoever kept something by the old key lost it',
    play: async () => {
      await using stage = await tisStage();
      await hurtSample(stage.night.sample.target, 'rekey-memberships');
      const judged = await stage.next(tomorrow);
      has(judged, ['rekeyed:programme_membership']);
      assert.match(
        judged.sentence('rekeyed:programme_membership'),
        /^programme_membership was re-keyed: \d+ rows left and entered again with equal content/,
      );
      return `${noPublication}. ${judged.sentence('rekeyed:programme_membership')}`;
    },
  },
  {
    date: 'parent gone',
    what: 'forty persons are deleted by a script; what refers to them stays',
    then: 'rows whose person nobody knows',
    play: async () => {
      await using stage = await tisStage();
      await changeSource(
        stage.night.sample.target,
        'DELETE FROM {tcs.Person} WHERE "id" IN (SELECT DISTINCT "traineeId" FROM {tcs.Placement} WHERE "traineeId" IS NOT NULL ORDER BY 1 LIMIT 40)',
      );
      const judged = await stage.next(tomorrow);
      has(judged, ['departures:person', 'parents:placement.person_tis_id']);
      assert.match(
        judged.sentence('parents:placement.person_tis_id'),
        /^placement: [\d,]+ rows refer by person_tis_id to a key of person that leaves tonight; \d+ are allowed\.$/,
      );
      return `${noPublication}. ${judged.sentence('parents:placement.person_tis_id')}`;
    },
  },
  {
    date: 'half the table',
    what: 'half of the placements are gone from the source, without a trace',
    then: 'a consumer deletes two million placements’ half',
    play: async () => {
      await using stage = await tisStage();
      await hurtSample(stage.night.sample.target, 'lose-rows', { share: 0.5 });
      const judged = await stage.next(tomorrow);
      has(judged, ['departures:placement']);
      return `${noPublication}. ${judged.sentence('departures:placement')}`;
    },
  },
  {
    date: 'one office missing',
    what: 'one local office of the list owns nobody tonight',
    then: 'a whole office gone from every report',
    play: async () => {
      await using stage = await tisStage();
      await changeSource(
        stage.night.sample.target,
        `UPDATE {tcs.PersonOwner} SET "owner" = NULL WHERE "owner" = 'East Midlands'`,
      );
      const judged = await stage.next(tomorrow);
      has(judged, ['distribution:person.current_owner']);
      assert.match(
        judged.sentence('distribution:person.current_owner'),
        /^person\.current_owner: rows with "East Midlands" went from \d+ to 0, where a loss of \d+ is allowed/,
      );
      return `${noPublication}. ${judged.sentence('distribution:person.current_owner')}`;
    },
  },
  {
    date: 'Jun 2018',
    what: 'names and numbers of programmes go null',
    then: 'rotations without programme name and number, for weeks',
    play: async () => {
      await using stage = await tisStage();
      await changeSource(
        stage.night.sample.target,
        'UPDATE {tcs.Programme} SET "programmeName" = NULL, "programmeNumber" = NULL',
      );
      const judged = await stage.next(tomorrow);
      assert.ok(
        judged.failed.some((name) => /^nulls:programme.*\.programme_name$/.test(name)),
        judged.failed.join(', '),
      );
      const [name = ''] = judged.failed.filter((one) => one.startsWith('nulls:'));
      return `${noPublication}. ${judged.sentence(name)}`;
    },
  },
  {
    date: 'Oct 2018',
    what: 'thousands of posts get a wrong owner',
    then: 'found by a reader, mended by hand, 7,030 lines',
    play: async () => {
      await using stage = await tisStage();
      await changeSource(
        stage.night.sample.target,
        `UPDATE {tcs.Post} SET "owner" = 'South West' WHERE "owner" LIKE '%Yorkshire%'`,
      );
      const judged = await stage.next(tomorrow);
      has(judged, ['distribution:post.owner']);
      return `${noPublication}. ${judged.sentence('distribution:post.owner')}`;
    },
  },
];
