import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hurtSample } from '../../samples/tis/hurt.ts';
import { hazards, plantedPersons } from '../../samples/tis/hazards.ts';
import type { PersonPart } from '../../samples/tis/hazards/parts.ts';
import { carriesMarker } from '../../samples/tis/marker.ts';
import type { WorldOptions } from '../../samples/tis/world/world.ts';
import { heldCandidate } from '../../src/publish/held-candidate.ts';
import { diffGenerations } from '../../src/publish/diff.ts';
import { Session } from '../../src/warehouse/session.ts';
import { BothSamples, numberOf } from './both-samples.ts';
import { publishedRows } from './published-rows.ts';
import { plantedSql } from './planted-sql.ts';
import { askSource, sampleNight } from './sample-night.ts';
import { shippedProduction } from './tis-night.ts';

/** No date of this machine's: what follows from "today" follows from the night alone. */
const today = '2026-06-01';
const tomorrow = '2026-06-02';
const england: WorldOptions = { scale: 1 / 500, seed: 7, today, region: 'england' };

const production = await shippedProduction();
const both = new BothSamples();
before(() => both.publish(production, england));
after(() => both[Symbol.asyncDispose]());

function personsWith(part: PersonPart): string {
  return `(${plantedPersons(england, part).join(', ')})`;
}

describe('hazards of TIS, through the views of its consumers', () => {
  it('H1 a post with two primary specialties, two primary sites and two fundings stays one row', async () => {
    await both.seesPlanted({
      'post-multiplied-by-eight': `select from post p where primary_specialty_count = 2 and primary_site_count = 2
        and (select count(*) from post_funding f where f.post_id = p.post_id) = 2`,
    });
    // Nor does any other dataset multiply its rows, or lose one.
    await both.onEach(async ({ night, restricted }) => {
      let compared = 0;
      for (const { name, contract } of production.pipeline.datasets) {
        const [driving, ...others] = contract.driving;
        const table = production.pipeline.tables.find((one) => one.name === driving?.table);
        if (table === undefined || driving?.where !== undefined || others.length > 0) continue;
        const rows = night.sample.rowsByTable[`${table.source}.${table.table}`];
        assert.equal(await numberOf(restricted, `select from ${name}`), rows, name);
        compared += 1;
      }
      assert.equal(compared, 28);
    });
  });

  it('H2 the primary one is the lowest id, and how many there were is published', async () => {
    await both.seesPlanted(plantedSql.H2);
    await both.seesNone(`select from post p where primary_specialty_id is distinct from
      (select min(specialty_id) from post_specialty s where s.post_id = p.post_id and s.post_specialty_type = 'PRIMARY')`);
    await both.seesNone(`select from post p where primary_site_id is distinct from
      (select min(site_id) from post_site s where s.post_id = p.post_id and s.post_site_type = 'PRIMARY')`);
    await both.seesNone(`select from post p where approved_grade_id is distinct from
      (select min(grade_id) from post_grade g where g.post_id = p.post_id and g.post_grade_type = 'APPROVED')`);
    await both.seesNone(`select from placement p where primary_specialty_id is distinct from (select min(specialty_id)
      from placement_specialty s where s.placement_id = p.placement_id and s.placement_specialty_type = 'PRIMARY')`);
  });

  it('H3 the id wins over the code or text beside it', async () => {
    await both.idWins(
      'placement-site-code-disagrees',
      `SELECT x."id", x."siteCode" AS other FROM {tcs.Placement} x JOIN {reference.Site} s ON s."id" = x."siteId"
        WHERE x."siteCode" <> COALESCE(s."siteCode", '')`,
      `join placement p on p.placement_id::text = w.id join site s on s.site_id = p.site_id
        where p.site_code is not distinct from s.site_code and p.site_code is distinct from w.other`,
    );
    await both.idWins(
      'placement-grade-disagrees',
      `SELECT x."id", x."gradeAbbreviation" AS other FROM {tcs.Placement} x JOIN {reference.Grade} g ON g."id" = x."gradeId"
        WHERE x."gradeAbbreviation" <> g."abbreviation"`,
      `join placement p on p.placement_id::text = w.id join grade g on g.grade_id = p.grade_id
        where p.grade_abbreviation = g.grade_abbreviation and p.grade_abbreviation <> w.other`,
    );
    await both.idWins(
      'site-trust-code-disagrees',
      `SELECT x."id", x."trustCode" AS other FROM {reference.Site} x JOIN {reference.Trust} t ON t."id" = x."trustId"
        WHERE x."trustCode" <> t."code"`,
      `join site s on s.site_id::text = w.id join trust t on t.trust_id = s.trust_id
        where s.trust_code = t.trust_code and s.trust_code <> w.other`,
    );
    await both.idWins(
      'membership-rotation-disagrees',
      `SELECT x."uuid" AS id, x."rotation" AS other FROM {tcs.ProgrammeMembership} x
        JOIN {tcs.Rotation} r ON r."id" = x."rotationId" WHERE x."rotation" <> r."name"`,
      `join programme_membership m on m.programme_membership_uuid = w.id join rotation r on r.rotation_id = m.rotation_id
        where m.rotation_name = r.rotation_name and m.rotation_name <> w.other`,
    );
    await both.idWins(
      'assessment-outcome-disagrees',
      `SELECT x."id", o."label" AS other FROM {assessments.AssessmentOutcome} x
        JOIN {assessments.Outcome} o ON o."id" = x."outcomeId" WHERE x."outcome" <> o."label"`,
      'join assessment a on a.assessment_id::text = w.id where a.outcome = w.other',
    );
    await both.seesPlanted({
      'membership-rotation-text-only':
        'select from programme_membership where rotation_id is null and rotation_name is not null',
    });
  });

  it('H3 and H19 whoever can mend a disagreement, or a stale status, is told of exactly those that were planted', async () => {
    const listed = {
      'placement.site_named_otherwise': 'placement-site-code-disagrees',
      'placement.grade_named_otherwise': 'placement-grade-disagrees',
      'site.trust_named_otherwise': 'site-trust-code-disagrees',
      'programme_membership.rotation_named_otherwise': 'membership-rotation-disagrees',
      'assessment.outcome_named_otherwise': 'assessment-outcome-disagrees',
      'person.stale_status': 'person-with-stale-status',
      'post.funding_has_(begun|ended)': 'post-with-stale-funding-status',
    };
    await both.onEach(async ({ night }) => {
      for (const [faults, planted] of Object.entries(listed)) {
        const { rows } = await night.warehouse.asSuperuser((client) =>
          client.query<{ rows: number }>(
            "select sum(rows)::int as rows from nightjar.data_fault_count where dataset || '.' || fault ~ $1",
            [`^${faults}$`],
          ),
        );
        assert.equal(rows[0]?.rows, night.sample.planted[planted], `${faults} (${night.sample.system})`);
      }
    });
  });

  it('H4 an id that leads nowhere is kept, its name is empty, and no row is lost', async () => {
    await both.seesPlanted(plantedSql.H4);
    const permits = {
      'permit-unknown':
        'select from person_sensitive where permit_to_work is not null and permit_to_work_label is null',
    };
    await both.seesPlanted(permits, 'restricted');
  });

  it('H5 an id stored as text is parsed strictly and shown beside the text', async () => {
    await both.seesPlanted(plantedSql.H5);
    await both.seesNone('select from post_funding where funding_body_trust_id::text <> funding_body_raw');
    await both.seesNone(
      'select from curriculum_membership where curriculum_specialty_id::text <> curriculum_specialty_raw',
    );
    // A blank before the digits: what a lax cast would take for an id.
    await both.seesSome(
      `select from post_funding where funding_body_raw = ' 17' and funding_body_trust_id is null`,
    );
  });

  it('H6 a name that two rows share doubles nothing', async () => {
    const shared = (of: string, name: string) =>
      `select ${name} from ${of} group by ${name} having count(*) > 1`;
    await both.seesPlanted({
      'office-name-shared': shared('local_office', 'local_office_name'),
      'site-code-shared': `${shared('site', 'site_code')} and site_code is not null`,
      'trust-code-shared': `${shared('trust', 'trust_code')} and trust_code is not null`,
      'funding-label-shared': shared(`reference_value where list_name = 'FundingType'`, 'label'),
    });
    // The office and the funding type in use are meant, not those that are kept for the record.
    const sharedName = shared('local_office', 'local_office_name');
    await both.seesSome(`select from programme where owner in (${sharedName})`);
    await both.seesNone(`select from programme p left join local_office o on o.local_office_id = p.owner_local_office_id
      where p.owner in (${sharedName}) and o.status is distinct from 'CURRENT'`);
    const sharedLabel = shared(`reference_value where list_name = 'FundingType'`, 'label');
    await both.seesSome(`select from post_funding where funding_type_raw in (${sharedLabel})`);
    await both.seesNone(`select from post_funding f left join reference_value r on r.list_name = 'FundingType' and r.code = f.funding_type_code
      where f.funding_type_raw in (${sharedLabel}) and r.status is distinct from 'CURRENT'`);
  });

  it('H7 an office is found by its old and by its new name', async () => {
    const presentName = (owner: string) => `replace(${owner}, 'Health Education England ', '')`;
    await both.seesPlanted({
      'programme-under-old-owner': `select from programme p join local_office o on o.local_office_id = p.owner_local_office_id
        where p.owner <> o.local_office_name and ${presentName('p.owner')} = o.local_office_name`,
      'programme-with-unknown-owner':
        'select from programme where owner is not null and owner_local_office_id is null',
      'site-under-old-office': `select from site where local_office like 'Health Education England %'`,
      'trust-under-old-office': `select from trust where local_office like 'Health Education England %'`,
      'post-under-old-owner': `select from post where owner like 'Health Education England %'`,
      'post-with-unknown-owner': `select from post where owner is not null
        and ${presentName('owner')} not in (select local_office_name from local_office)`,
    });
    const extract = 'select from lm_programme_membership m join programme p using (programme_id)';
    await both.seesSome(`${extract} where p.owner <> m.local_office`);
    await both.seesNone(
      `${extract} where m.local_office <> ${presentName('p.owner')} or p.owner_local_office_id is null`,
    );
    await both.seesNone(`${extract} where m.local_office in ('South London', 'North West London')`);
  });

  it('H8 a row without its dates, trainee, post, site, grade or WTE is published', async () => {
    await both.seesPlanted(plantedSql.H8);
    await both.seesNone(
      'select from lm_programme_membership where programme_start_date is null or programme_end_date is null',
    );
    await both.seesNone(
      'select from lm_placement where placement_start_date is null or placement_end_date is null',
    );
    await both.seesNone('select from lm_applicant where surname is null or email_address is null');
  });

  it('H9 0.8 of full time equals 0.800 and 1.2 stays 1.2', async () => {
    await both.seesPlanted(plantedSql.H9);
    await both.seesSome('select from placement where placement_wte = 0.8');
    await both.seesSome('select from placement where placement_wte = 1.2');
    await both.onEach(async ({ night, ndw }) => {
      // As the source finds them: by what lies near, since nothing equals a float.
      const [near] = await askSource(
        night.sample.target,
        'SELECT COUNT(*) AS found FROM {tcs.Placement} WHERE "placementWholeTimeEquivalent" BETWEEN 0.79 AND 0.81',
      );
      assert.equal(
        await numberOf(ndw, 'select from placement where placement_wte = 0.8'),
        Number(near?.['found']),
      );
      const { rows } = await ndw.query<{ wte: string }>(
        'select distinct placement_wte::text as wte from placement where placement_wte = 0.8',
      );
      assert.deepEqual(rows, [{ wte: '0.800' }]);
    });
  });

  it('H10 a placement that begins when the clocks change keeps its day', async () => {
    await both.seesPlanted({
      'placement-from-clock-change': `select from placement where (placement_start_date, placement_end_date) in
        ((date '2025-03-30', date '2025-07-28'), (date '2024-10-27', date '2025-02-24'))`,
    });
  });

  it('H11 a zero date and an impossible date become null and are counted', async () => {
    await both.seesPlanted(
      { 'impossible-birth-date': 'select from person_sensitive where date_of_birth is null' },
      'restricted',
    );
    await both.seesPlanted({
      'assessment-zero-review-date': 'select from assessment where review_date is null',
    });
    await both.onEach(async ({ night, restricted }) => {
      const { planted, system } = night.sample;
      for (const name of ['zero-gmc-end-date', 'placement-zero-end', 'placement-impossible-start'])
        both.seen.add(name);
      const { rows } = await restricted.query<{ dataset: string; repair: unknown }>(
        'select dataset, jsonb_array_elements(repairs) as repair from dataset order by dataset, repairs',
      );
      const repair = (table: string, column: string, kind: string, hazard: string) => ({
        table,
        column,
        kind,
        cells: planted[hazard],
      });
      const of = (dataset: string) => rows.filter((row) => row.dataset === dataset).map((row) => row.repair);
      const sorted = (list: readonly unknown[]) =>
        list.map((one) => JSON.stringify(one, ['table', 'column', 'kind', 'cells'])).sort();
      const expected: Readonly<Record<string, readonly object[]>> =
        system === 'postgres'
          ? {}
          : {
              person: [repair('tcs_gmc_details', 'gmc_end_date', 'zero-date', 'zero-gmc-end-date')],
              placement: [
                repair('tcs_placement', 'date_to', 'zero-date', 'placement-zero-end'),
                repair('tcs_placement', 'date_from', 'impossible-date', 'placement-impossible-start'),
              ],
              person_sensitive: [
                repair('tcs_personal_details', 'date_of_birth', 'impossible-date', 'impossible-birth-date'),
              ],
              assessment: [
                repair('assessments_assessment', 'review_date', 'zero-date', 'assessment-zero-review-date'),
              ],
              assessment_outcome_reason: [
                repair('assessments_assessment', 'review_date', 'zero-date', 'assessment-zero-review-date'),
              ],
            };
      for (const { name } of production.pipeline.datasets)
        assert.deepEqual(sorted(of(name)), sorted(expected[name] ?? []), `${name} (${system})`);
    });
  });

  it('H12 a review date keeps the time that is stored', async () => {
    await both.seesPlanted(plantedSql.H12);
  });

  it('H13 bits are booleans and great ids keep their digits', async () => {
    await both.seesPlanted(plantedSql.H13);
    await both.onEach(async ({ night, ndw }) => {
      const stored = await askSource(
        night.sample.target,
        'SELECT "id" FROM {tcs.Qualification} WHERE "id" > 9007199254740992',
      );
      const { rows } = await ndw.query<{ id: string }>(
        'select qualification_id::text as id from qualification where qualification_id > 9007199254740992',
      );
      assert.deepEqual(rows.map((row) => row.id).sort(), stored.map((row) => row['id']).sort());
      const [legacy] = await askSource(
        night.sample.target,
        'SELECT COUNT(*) AS found FROM {tcs.Post} WHERE "legacy"',
      );
      assert.equal(
        await numberOf(ndw, 'select from post where is_legacy is true'),
        Number(legacy?.['found']),
      );
      const { fields } = await ndw.query(
        'select p.is_legacy, g.is_training_grade, a.pya, a.under_appeal, a.known_concerns, c.leads_to_cct from post p, grade g, assessment a, curriculum c limit 0',
      );
      const bool = 16;
      assert.deepEqual(
        fields.map((field) => field.dataTypeID),
        Array(6).fill(bool),
      );
    });
    await both.seesSome('select from grade where is_training_grade');
    await both.seesSome('select from grade where not is_training_grade');
  });

  it('H14 accents and odd blanks arrive and names are composed', async () => {
    await both.seesPlanted(plantedSql.H14);
    await both.onEach(async ({ ndw }) => {
      assert.equal(
        await numberOf(ndw, `select from trust where trust_id = 1 and trust_name = 'Caf\u00e9 Trust'`),
        1,
      );
    });
  });

  it('H15 a drifted letter case matches and is published as stored', async () => {
    await both.seesPlanted(plantedSql.H15);
    await both.seesPlanted(
      { 'disability-drifted': `select from person_sensitive where disability = 'yes'` },
      'restricted',
    );
    const drifted = `select from person p join lm_programme_membership m using (person_tis_id) where p.role = 'Dr in Training'`;
    await both.seesSome(drifted);
    await both.seesNone(
      `${drifted} and not exists (select from lm_applicant a where a.person_tis_id = p.person_tis_id)`,
    );
    await both.seesSome(
      `select from post_funding where funding_type_raw = 'tariff' and funding_type_code is not null`,
    );
  });

  it('H16 a role is compared whole and without regard to case or blanks', async () => {
    const whole = (role: string) => `lower(role) ~ '(^|,) *${role} *(,|$)'`;
    await both.seesPlanted({
      'trainee-placeholder': `select from person where ${whole('placeholder')}`,
      'trainee-dummy-record': `select from person where ${whole('dummy record')}`,
      'trainee-near-miss': `select from person where ${whole('placeholder coordinator')}`,
      'roles-with-blanks': `select from person where role like ' %'`,
      'supervisor-by-substring-only': `select from person where role like '%Clinical Supervisor%' and not ${whole('clinical supervisor').replace('lower(role)', `replace(lower(role), 'hs', '')`)}`,
    });
    const members = 'select from person p join lm_programme_membership m using (person_tis_id)';
    const applies = 'exists (select from lm_applicant a where a.person_tis_id = p.person_tis_id)';
    for (const role of ['placeholder', 'dummy record']) {
      await both.seesSome(`${members} where ${whole(role)}`);
      await both.seesNone(`${members} where ${whole(role)} and ${applies}`);
    }
    for (const role of [whole('placeholder coordinator'), `role like ' %'`]) {
      await both.seesSome(`${members} where ${role}`);
      await both.seesNone(`${members} where ${role} and not ${applies}`);
    }
  });

  it('H17 people who share a registration number stay apart', async () => {
    await both.seesPlanted(plantedSql.H17);
    await both.seesNone('select person_tis_id from person group by person_tis_id having count(*) > 1');
  });

  it('H18 soft-deleted people and posts are shown and soft-deleted assessments are not', async () => {
    await both.seesPlanted({
      'person-soft-deleted': `select from person where status = 'DELETE'`,
      'post-soft-deleted': `select from post where status = 'DELETE'`,
    });
    await both.onEach(async ({ night, ndw }) => {
      both.seen.add('assessment-soft-deleted');
      const deleted = await askSource(
        night.sample.target,
        'SELECT "id" FROM {assessments.Assessment} WHERE "softDeletedDate" IS NOT NULL',
      );
      assert.equal(deleted.length, night.sample.planted['assessment-soft-deleted']);
      const all = night.sample.rowsByTable['assessments.Assessment'] ?? 0;
      assert.equal(await numberOf(ndw, 'select from assessment'), all - deleted.length);
      const ids = [deleted.map((row) => row['id'])];
      for (const dataset of ['assessment', 'assessment_outcome_reason'])
        assert.equal(
          await numberOf(ndw, `select from ${dataset} where assessment_id::text = any ($1)`, ids),
          0,
        );
      const [reasons] = await askSource(
        night.sample.target,
        `SELECT COUNT(*) AS found FROM {assessments.AssessmentOutcomeReason} r
          JOIN {assessments.Assessment} a ON a."id" = r."assessmentOutcomeId" WHERE a."softDeletedDate" IS NULL`,
      );
      assert.equal(await numberOf(ndw, 'select from assessment_outcome_reason'), Number(reasons?.['found']));
    });
  });

  it('H19 a stale status is published as stored beside one worked out for the night', async () => {
    await both.seesPlanted(plantedSql.H19);
  });

  it('H20 the date of the night decides and the clock does not', async () => {
    const memberships = (part: PersonPart, status: string) =>
      `select from programme_membership where person_tis_id in ${personsWith(part)} and programme_membership_status = '${status}'`;
    const inExtract = (part: PersonPart) =>
      `select from lm_programme_membership where person_tis_id in ${personsWith(part)}`;
    await both.seesPlanted({
      'starts-today': memberships('starts-today', 'CURRENT'),
      'ends-today': memberships('ends-today', 'CURRENT'),
      'ended-yesterday': memberships('ended-yesterday', 'PAST'),
      'window-last-day': inExtract('window-last-day'),
      'window-first-day': inExtract('window-first-day'),
      'window-leaver': inExtract('window-leaver'),
      'window-grace-last-day': inExtract('window-grace-last-day'),
      'placement-window-last-day': `select from lm_placement where placement_end_date = date '${today}' - 56
        and person_tis_id in ${personsWith('placement-window-last-day')}`,
      'placement-window-first-day': `select from lm_placement where placement_start_date = date '${today}' + 56
        and person_tis_id in ${personsWith('placement-window-first-day')}`,
      'draft-in-window': `select from placement p where lifecycle_state = 'DRAFT' and person_tis_id in ${personsWith('draft-in-window')}
        and not exists (select from lm_placement l where l.placement_id = p.placement_id)`,
    });
    for (const part of [
      'window-day-after',
      'window-day-before',
      'window-grace-day-after',
      'window-grace-ineligible',
    ] as const) {
      both.seen.add(part);
      await both.seesNone(inExtract(part));
    }
    for (const part of ['placement-window-day-after', 'placement-window-day-before'] as const)
      both.seen.add(part);
    await both.seesNone(
      `select from lm_placement where placement_end_date < date '${today}' - 56 or placement_start_date > date '${today}' + 56`,
    );
    await both.seesSome(`select from generation where as_of = '${today}'`);

    // The same source a day later.
    const first = both.from('mysql');
    await first.night.again(tomorrow);
    const later = await first.night.connectAs('ndw');
    assert.equal(await numberOf(later, `select from generation where as_of = '${tomorrow}'`), 1);
    const planted = (part: PersonPart) => first.night.sample.planted[part];
    assert.equal(await numberOf(later, memberships('ends-today', 'PAST')), planted('ends-today'));
    assert.equal(await numberOf(later, inExtract('window-last-day')), 0);
    assert.equal(await numberOf(later, inExtract('window-grace-last-day')), 0);
    assert.equal(await numberOf(later, inExtract('window-day-before')), planted('window-day-before'));
  });

  it('H21 new keys for old memberships are held, and show as left and entered', async () => {
    const { night } = both.from('postgres');
    await hurtSample(night.sample.target, 'rekey-memberships');
    assert.ok(night.report.generation !== undefined);
    await assert.rejects(night.again(today), {
      code: 'NJ-GUARD-HELD',
      message: /\[departures:programme_membership\].*None of these is in the source any more\./,
    });
    await using session = await Session.open({
      address: night.warehouse.address,
      purpose: 'test',
      signal: AbortSignal.timeout(30_000),
    });
    const held = await heldCandidate(session);
    assert.ok(held !== undefined);
    const diffs = await diffGenerations(session, night.report.generation, held.generation);
    const memberships = night.sample.rowsByTable['tcs.ProgrammeMembership'];
    assert.deepEqual(
      diffs.find((diff) => diff.dataset === 'programme_membership'),
      { dataset: 'programme_membership', entered: memberships, left: memberships, changed: 0 },
    );
    // Curriculum memberships keep their keys: they only point to other memberships.
    const curricula = night.sample.rowsByTable['tcs.CurriculumMembership'];
    assert.deepEqual(
      diffs.find((diff) => diff.dataset === 'curriculum_membership'),
      { dataset: 'curriculum_membership', entered: 0, left: 0, changed: curricula },
    );
    const touched = diffs
      .filter((diff) => diff.entered + diff.left + diff.changed > 0)
      .map((diff) => diff.dataset);
    assert.deepEqual(touched, ['curriculum_membership', 'lm_programme_membership', 'programme_membership']);
  });

  it('H22 a placement in a lent post is published without a programme', async () => {
    const isMember = 'exists (select from programme_membership m where m.person_tis_id = p.person_tis_id)';
    await both.seesPlanted({
      'placement-on-borrowed-post': `select from placement p where post_id is not null and ${isMember}
        and not exists (select from programme_membership m join post_programme l using (programme_id)
          where m.person_tis_id = p.person_tis_id and l.post_id = p.post_id)`,
      'person-with-placement-but-no-membership': `select distinct person_tis_id from placement p
        where person_tis_id is not null and not ${isMember}`,
    });
    await both.seesNone(`select from information_schema.columns where table_schema = 'ndw' and table_name in ('placement', 'lm_placement')
      and column_name like '%programme%'`);
  });

  it('H23 the only table read that the source refills is declared volatile', async () => {
    const refilled = new Set(['PersonOwner', 'PersonTrust', 'PostTrust']);
    const read = production.pipeline.tables.filter((table) => refilled.has(table.table));
    assert.deepEqual(
      read.map(({ table, volatile }) => ({ table, volatile })),
      [{ table: 'PersonOwner', volatile: true }],
    );
    await both.onEach(async ({ night, ndw }) => {
      const [owned] = await askSource(
        night.sample.target,
        'SELECT COUNT(*) AS found FROM {tcs.PersonOwner} WHERE "owner" IS NOT NULL',
      );
      assert.equal(
        await numberOf(ndw, 'select from person where current_owner is not null'),
        Number(owned?.['found']),
      );
    });
  });

  it('H24 an environment without the listed offices publishes', async () => {
    await using night = await sampleNight(production, 'postgres', { ...england, region: 'nimdta' });
    const ndw = await night.connectAs('ndw');
    const isOwn = `code in ('NIMDTA_CLINICAL_FELLOW', 'Lead Employer Secondment', 'TRANSFER_ROI')`;
    both.seen.add('value-unknown-in-england');
    assert.equal(
      await numberOf(ndw, `select from reference_value where ${isOwn}`),
      night.sample.planted['value-unknown-in-england'],
    );
    await both.seesNone(`select from reference_value where ${isOwn}`);
    assert.equal(await numberOf(ndw, 'select from person'), night.sample.rowsByTable['tcs.Person']);
    assert.ok(
      (await numberOf(
        ndw,
        `select from programme_membership where programme_membership_type = 'NIMDTA_CLINICAL_FELLOW'`,
      )) > 0,
    );
    for (const extract of ['lm_applicant', 'lm_programme_membership', 'lm_placement'])
      assert.equal(await numberOf(ndw, `select from ${extract}`), 0, extract);
  });

  it('H25 special category columns stand in person_sensitive alone', async () => {
    await both.seesPlanted({ 'person-with-special-category': 'select from person_sensitive' }, 'restricted');
    const special = production.pipeline.datasets.flatMap(({ name, contract }) =>
      contract.columns
        .filter((column) => column.privacy === 'special')
        .map((column) => ({ name, column: column.name })),
    );
    assert.deepEqual([...new Set(special.map(({ name }) => name))], ['person_sensitive']);
    const columns = `'${special.map(({ column }) => column).join("', '")}'`;
    await both.seesNone(
      `select from information_schema.columns where table_schema = 'ndw' and column_name in (${columns})`,
    );
    await both.onEach(async ({ night, ndw, restricted }) => {
      await assert.rejects(ndw.query('select from person_sensitive'), { code: '42501' });
      await assert.rejects((await night.connectAs('leave_manager')).query('select from person_sensitive'), {
        code: '42501',
      });
      const colleges = await night.connectAs('colleges');
      assert.ok((await numberOf(colleges, 'select from person_sensitive where gender is not null')) > 0);
      // Whatever column shows a name, an address or a number of a person says so in its contract.
      const unmarked: string[] = [];
      for (const dataset of production.pipeline.datasets) {
        const rows = await publishedRows(restricted, dataset);
        for (const column of dataset.contract.columns) {
          const shows = rows.some((row) => carriesMarker(row[column.name] ?? ''));
          if (shows && column.privacy === 'none') unmarked.push(`${dataset.name}.${column.name}`);
        }
      }
      // The sample's postcodes are all of one kind; where a hospital lies is no secret.
      assert.deepEqual(
        unmarked.filter((column) => column !== 'trust.post_code' && column !== 'site.post_code'),
        [],
      );
    });
  });

  it('every hazard that the sample plants was looked for', () => {
    // A list that no dataset reads.
    const beyondReach = ['medical-school-with-stray-blank'];
    assert.deepEqual(
      hazards.map((hazard) => hazard.name).filter((name) => !both.seen.has(name)),
      beyondReach,
    );
  });
});
