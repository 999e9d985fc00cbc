/**
 * By hazard and by the name that the sample gives to each of its faults: SQL over a consumer's views that finds exactly
 * the rows that were planted. Names with a plus between them are found together.
 */
export const plantedSql = {
  H2: {
    'post-with-two-primary-specialties': 'select from post where primary_specialty_count > 1',
    'post-with-two-primary-sites': 'select from post where primary_site_count > 1',
    'post-with-two-approved-grades': 'select from post where approved_grade_count > 1',
    'placement-with-two-primary-specialties': `select placement_id from placement_specialty
      where placement_specialty_type = 'PRIMARY' group by placement_id having count(*) > 1`,
  },
  H4: {
    'placement-orphan-site': `select from placement p where site_id is not null and site_code is null and site_name is null
      and not exists (select from site s where s.site_id = p.site_id)`,
    'placement-orphan-grade':
      'select from placement where grade_id is not null and grade_abbreviation is null',
    'placement-site-orphan': `select from placement_site p where site_id is not null and site_code is null
      and not exists (select from site s where s.site_id = p.site_id)`,
    'post-with-orphan-employer':
      'select from post where employing_body_id is not null and employing_body_name is null',
    'post-site-orphan': `select from post_site p where site_id is not null and site_code is null
      and not exists (select from site s where s.site_id = p.site_id)`,
    'post-grade-orphan': 'select from post_grade where grade_id is not null and grade_abbreviation is null',
    'site-orphan-trust': 'select from site where trust_id is not null and trust_name is null',
    'assessment-orphan-trainee': `select from assessment a where person_tis_id is not null
      and not exists (select from person p where p.person_tis_id = a.person_tis_id)`,
    'assessment-orphan-programme': `select from assessment a where programme_id is not null
      and not exists (select from programme p where p.programme_id = a.programme_id)`,
    'assessment-orphan-membership': `select from assessment a where curriculum_membership_id is not null
      and not exists (select from curriculum_membership c where c.curriculum_membership_id = a.curriculum_membership_id)`,
  },
  H5: {
    'funding-body-unparsed': `select from post_funding where funding_body_raw !~ '^[0-9]+$' and funding_body_trust_id is null`,
    'funding-body-orphan': `select from post_funding where funding_body_raw ~ '^[0-9]+$' and funding_body_trust_id is null`,
    'curriculum-specialty-unparsed': `select from curriculum where specialty_raw !~ '^[0-9]+$'`,
    'curriculum-specialty-orphan': `select from curriculum c where specialty_raw ~ '^[0-9]+$'
      and not exists (select from specialty s where s.specialty_id::text = c.specialty_raw)`,
  },
  H8: {
    // Where MySQL had a date that is none, a consumer sees none, as it does from PostgreSQL.
    'placement-without-start + placement-impossible-start': `select from placement
      where placement_start_date is null and placement_status = 'PAST'`,
    'placement-without-end + placement-zero-end': `select from placement
      where placement_end_date is null and placement_status = 'PAST'`,
    'placement-without-trainee': 'select from placement where person_tis_id is null',
    'placement-without-post': 'select from placement where post_id is null and national_post_number is null',
    'placement-without-site': 'select from placement where site_id is null',
    'placement-without-grade': 'select from placement where grade_id is null',
    'placement-without-wte': 'select from placement where placement_wte is null',
    'membership-without-start': `select from programme_membership
      where programme_start_date is null and programme_membership_status = 'PAST'`,
    'membership-without-end': `select from programme_membership
      where programme_end_date is null and programme_membership_status = 'PAST'`,
    'membership-without-type': 'select from programme_membership where programme_membership_type is null',
    'person-without-contact-row': 'select from person where forenames is null',
    'person-without-surname': 'select from person where surname is null and forenames is not null',
    'person-without-email': 'select from person where email_address is null and forenames is not null',
    'person-without-status': 'select from person where status is null',
    'trainer-approval-without-person': 'select from trainer_approval where person_tis_id is null',
    'post-without-primary-specialty':
      'select from post where primary_specialty_count = 0 and primary_specialty_id is null',
    'post-without-owner': 'select from post where owner is null',
    'post-without-number': 'select from post where national_post_number is null',
    'post-site-without-site': 'select from post_site where site_id is null',
    'programme-without-owner': 'select from programme where owner is null and owner_local_office_id is null',
    'programme-without-number': 'select from programme where programme_number is null',
    'curriculum-without-specialty': 'select from curriculum where specialty_raw is null',
    'site-without-code': 'select from site where site_code is null',
    'assessment-without-trainee': 'select from assessment where person_tis_id is null',
    'assessment-without-detail':
      'select from assessment where curriculum_id is null and period_covered_from is null',
  },
  H9: {
    'placement-wte-one-tenth': 'select from placement where placement_wte = 0.1',
    'placement-wte-above-one': 'select from placement where placement_wte > 1',
  },
  H12: {
    'assessment-review-with-time': `select from assessment where review_date::time <> '00:00'`,
    'absence-from-summer-midnight': `select from absence where start_date::time = '23:00'`,
  },
  H13: {
    'qualification-id-beyond-double': 'select from qualification where qualification_id > 9007199254740992',
    'trainer-approval-id-beyond-double':
      'select from trainer_approval where trainer_approval_id > 9007199254740992',
    'absence-id-beyond-double': 'select from absence where absence_id > 9007199254740992',
  },
  H14: {
    'surname-beyond-ascii': 'select from person where octet_length(surname) <> char_length(surname)',
    'surname-with-trailing-blank': `select from person where surname ~ '[ \u00a0]$'`,
    'forenames-with-no-break-blank': `select from person where forenames like '%\u00a0%'`,
    'qualification-from-blank-school': `select from qualification where medical_school ~ '^ | $|\u00a0'`,
    'site-name-with-trailing-blank': `select from site where site_name like '% '`,
    'post-number-with-trailing-blank': `select from post where national_post_number like '% '`,
  },
  H15: {
    'trainee-role-drifted': `select from person where role = 'Dr in Training'`,
    'placement-type-drifted': `select from placement where placement_type = 'In post'`,
    'supervisor-of-unknown-type': `select from placement_supervisor where supervisor_type not in ('CLINICAL', 'EDUCATIONAL')`,
    'funding-label-drifted': `select from post_funding f where not exists (select from reference_value r
      where r.list_name = 'FundingType' and r.label = f.funding_type_raw)`,
  },
  H17: {
    'gmc-number-that-is-none': `select from person where gmc_number not like 'ZQ%'`,
    'gmc-number-shared': `select gmc_number from person where gmc_number like 'ZQ%' group by gmc_number having count(*) = 2`,
    'email-shared':
      'select email_address from person where email_address is not null group by email_address having count(*) = 2',
  },
  H19: {
    'person-with-stale-status': `select from person p where status in ('CURRENT', 'INACTIVE') and (status = 'CURRENT') <> exists
      (select from programme_membership m where m.person_tis_id = p.person_tis_id and m.programme_membership_status = 'CURRENT')`,
    'post-with-stale-funding-status': `select from post p, generation g where (p.funding_status = 'CURRENT') <> exists
      (select from post_funding f where f.post_id = p.post_id and f.start_date <= g.as_of and (f.end_date is null or f.end_date >= g.as_of))`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
