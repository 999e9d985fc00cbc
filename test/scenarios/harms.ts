import assert from 'node:assert/strict';
import { faults } from '../../samples/tis/faults/registry.ts';
import { hurtSample } from '../../samples/tis/hurt.ts';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { askPublished } from './ask-published.ts';
import type { Scenario } from './scenario.ts';
import { england, tisStage, type TisStage } from './tis-stage.ts';

/**
 * What a night ends with on a source that was hurt: held, by these guards among others; refused, with a code; or published,
 * since the pipeline copes with it.
 */
type End =
  | { readonly held: readonly string[]; readonly says: RegExp }
  | { readonly refused: string; readonly says: RegExp }
  | { readonly published: string };

/** Every harm that `nightjar sample hurt` knows. */
const ends: Readonly<Record<string, End>> = {
  'empty-table': {
    held: ['nulls:person.surname', 'empty:lm_applicant'],
    says: /lm_applicant has no row tonight, and \d+ rows are published/,
  },
  'half-filled-owner': {
    held: ['coverage:person.owner'],
    says: /tcs_person has no row in tcs_person_owner in 500 of/,
  },
  'lose-rows': {
    held: ['departures:placement'],
    says: /placement: of [\d,]+ keys published, \d+ left without/,
  },
  'drop-table': { refused: 'NJ-SOURCE-TABLE-MISSING', says: /reference\.PermitToWork/ },
  'drop-column': { refused: 'NJ-SOURCE-COLUMN-MISSING', says: /tcs\.Placement\.lifecycleState/ },
  'rename-column': { refused: 'NJ-SOURCE-COLUMN-MISSING', says: /tcs\.ContactDetails\.email/ },
  'retype-column': { refused: 'NJ-SOURCE-COLUMN-RETYPED', says: /tcs\.PersonalDetails\.dateOfBirth/ },
  'narrow-column': { refused: 'NJ-SOURCE-COLUMN-NARROWED', says: /tcs\.Programme\.programmeName/ },
  'rename-role': { published: 'the release compares roles without regard to letter case' },
  'rekey-memberships': {
    held: ['rekeyed:programme_membership', 'departures:programme_membership'],
    says: /programme_membership was re-keyed: \d+ rows left and entered again/,
  },
  'rekey-curriculum-memberships': {
    held: ['rekeyed:curriculum_membership'],
    says: /curriculum_membership was re-keyed: [\d,]+ rows/,
  },
  'null-names': {
    held: ['nulls:person.surname', 'nulls:person.forenames'],
    says: /person\.surname is absent in/,
  },
  'rename-office': {
    held: ['distribution:programme_membership.programme_owner', 'departures:lm_applicant'],
    says: /rows with "East Midlands" went from \d+ to 0/,
  },
  'double-office': { published: 'an office is looked up once, whatever has its name' },
  'double-label': {
    held: ['faults:post_funding.funding_type_is_ambiguous'],
    says: /post_funding has the fault "The list FundingType has the label more than once, [^"]+" in [\d,]+ of/,
  },
  'new-code': {
    held: ['codes:placement.placement_type'],
    says: /values never published \("Shadowing" \d+\)/,
  },
  'hours-as-wte': {
    held: ['faults:placement.wte_outside_0_to_1'],
    says: /placement has the fault "The whole time equivalent lies outside 0 to 1" in \d+ of/,
  },
  'foreign-engine': { refused: 'NJ-SOURCE-ENGINE', says: /PlacementSite uses the storage engine MyISAM/ },
  'zero-dates': {
    held: ['nulls:placement.placement_end_date'],
    says: /placement\.placement_end_date is absent in [\d,]+ of/,
  },
  'nul-in-text': { published: 'the character is left out of the text, and the cell is listed as repaired' },
  'truncate-during': { held: ['coverage:person.owner'], says: /in 1,000 of 1,000 rows/ },
  'lock-table': { published: 'the night waits for the lock' },
  'stale-locks': { published: 'a lock says that a job began, never that it ended: nothing goes by it' },
};

/** Every harm, its night, and what the readers have afterwards. */
export const harms: readonly Scenario[] = [
  ...faults.map(({ name, describes, only }): Scenario => ({
    date: `harm ${name}`,
    what: describes,
    then: 'a success, and whoever read it found out',
    play: async () => {
      const end = ends[name];
      assert.ok(end !== undefined, `nobody has said what a night ends with after ${name}`);
      await using stage = await tisStage(england, undefined, only ?? 'postgres');
      return await nightAfter(stage, name, end);
    },
  })),
];

async function nightAfter(stage: TisStage, name: string, end: End): Promise<string> {
  const read = await readersHave(stage);
  const { found, sentence } = await hurt(stage, name);
  if ('published' in end) {
    assert.equal(found, 'published', sentence);
    return `Published: ${end.published}.`;
  }
  assert.deepEqual(await readersHave(stage), read, 'what is read has changed');
  assert.match(sentence, end.says);
  if ('refused' in end) {
    assert.equal(found, end.refused);
    return `Refused before anything is built. ${sentence}`;
  }
  assert.deepEqual(
    end.held.filter((judgement) => !sentence.includes(`[${judgement}]`)),
    [],
    sentence,
  );
  const first = sentence.split(' [').find((one) => one.includes(end.held[0] ?? ''));
  return `Nobody reads it: the candidate is held. [${first?.replace('[', '') ?? ''}`;
}

/** Does the harm, and runs a night on it while a harm that lasts is there. */
async function hurt(
  stage: TisStage,
  name: string,
): Promise<{ readonly found: string; readonly sentence: string }> {
  const over = new AbortController();
  const begun = Promise.withResolvers<undefined>();
  const lasts = name === 'truncate-during' ? 60 : 2;
  const harm = hurtSample(stage.night.sample.target, name, {
    ...{ seconds: lasts, signal: over.signal },
    onBegun: () => {
      begun.resolve(undefined);
    },
  });
  try {
    await Promise.race([begun.promise, harm]);
    const { generation, failed, sentence } = await stage.next('2026-06-02');
    if (generation !== undefined) return { found: 'published', sentence: '' };
    return { found: 'held', sentence: failed.map((one) => `[${one}] ${sentence(one)}`).join(' ') };
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    return { found: error.code, sentence: error.message };
  } finally {
    over.abort();
    await harm.catch(() => undefined);
  }
}

async function readersHave(stage: TisStage): Promise<unknown> {
  return askPublished(
    stage.night,
    'select (select identity from generation) as generation, (select count(*) from person) as people, (select count(*) from placement) as placements',
  );
}
