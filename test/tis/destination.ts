/**
 * Every column of the destination, in order: what consumers were promised, apart from the contracts that promise it.
 *
 * `name type`, then `*` for a part of the key, `!` for required, `?` for expected, nothing for optional; then who it
 * tells about, if anyone. A bare `varchar` is one of 255, `timestamp` has milliseconds, `numeric` is (6,3).
 */
export const destination: Readonly<Record<string, string>> = {
  person: `
    person_tis_id bigint*, intrepid_id varchar, title varchar, forenames varchar? personal,
    surname varchar? personal, legal_forenames varchar personal, legal_surname varchar personal,
    known_as varchar personal, maiden_name varchar personal, initials varchar personal,
    email_address varchar? personal, telephone_number varchar personal, mobile_number varchar personal,
    address1 varchar personal, address2 varchar personal, address3 varchar personal,
    address4 varchar personal, post_code varchar personal, country varchar personal,
    gmc_number varchar personal, gmc_status varchar, gmc_start_date date, gmc_end_date date,
    gdc_number varchar personal, gdc_status varchar, gdc_start_date date, gdc_end_date date,
    public_health_number varchar personal, regulator varchar, role text?, status varchar?,
    inactive_date timestamp, current_owner varchar?, current_owner_rule varchar, added_date timestamp!,
    amended_date timestamp!
  `,
  person_sensitive: `
    person_tis_id bigint*, date_of_birth date? personal, gender varchar? personal,
    marital_status varchar personal, nationality varchar? personal, dual_nationality varchar personal,
    ethnic_origin varchar special, sexual_orientation varchar special, religious_belief varchar special,
    disability varchar special, national_insurance_number varchar personal, eea_resident varchar special,
    permit_to_work varchar special, permit_to_work_label varchar special, settled varchar special,
    visa_issued date special, visa_valid_to date special
  `,
  qualification: `
    qualification_id bigint*, person_tis_id bigint!, qualification varchar?, qualification_type varchar,
    qualification_attained_date date, medical_school varchar, country_of_qualification varchar,
    amended_date timestamp
  `,
  trainer_approval: `
    trainer_approval_id bigint*, person_tis_id bigint?, trainer_type varchar?, approval_status varchar?,
    start_date date, end_date date
  `,
  post: `
    post_id bigint*, intrepid_id varchar, national_post_number varchar?, local_post_number varchar,
    status varchar?, owner varchar?, post_family varchar, suffix varchar, funding_status varchar!,
    employing_body_id bigint?, employing_body_code varchar, employing_body_name varchar,
    training_body_id bigint?, training_body_code varchar, training_body_name varchar,
    primary_specialty_id bigint?, primary_specialty_code varchar, primary_specialty_name varchar,
    primary_specialty_count integer, approved_grade_id bigint?, approved_grade_abbreviation varchar,
    approved_grade_count integer, primary_site_id bigint?, primary_site_code varchar,
    primary_site_name varchar, primary_site_count integer, old_post_id bigint, new_post_id bigint,
    is_legacy boolean
  `,
  post_specialty: `
    post_specialty_id bigint*, post_id bigint!, specialty_id bigint!, post_specialty_type varchar!
  `,
  post_grade: `
    post_grade_id bigint*, post_id bigint!, grade_id bigint?, grade_abbreviation varchar?,
    post_grade_type varchar!
  `,
  post_site: `
    post_site_id bigint*, post_id bigint!, site_id bigint?, site_code varchar?, post_site_type varchar!
  `,
  post_funding: `
    post_funding_id bigint*, post_id bigint!, start_date date?, end_date date, funding_type_raw varchar?,
    funding_type_code varchar?, funding_type varchar, funding_sub_type_code varchar, funding_sub_type varchar,
    funding_reason varchar, funding_body_raw varchar, funding_body_trust_id bigint, funding_body_name varchar,
    details varchar
  `,
  post_programme: `
    programme_id bigint*, post_id bigint*, added_date timestamp!
  `,
  placement: `
    placement_id bigint*, intrepid_id varchar, person_tis_id bigint?, post_id bigint?,
    national_post_number varchar, placement_start_date date?, placement_end_date date?,
    placement_type varchar?, placement_wte numeric?, grade_id bigint?, grade_abbreviation varchar,
    grade_name varchar, site_id bigint?, site_code varchar?, site_name varchar, site_trust_id bigint,
    site_trust_code varchar, site_trust_name varchar, primary_specialty_id bigint?,
    primary_specialty_code varchar, primary_specialty_name varchar, local_post_number varchar,
    training_description text, lifecycle_state varchar16!, placement_status varchar7!, added_date timestamp,
    amended_date timestamp
  `,
  placement_specialty: `
    placement_id bigint*, specialty_id bigint*, specialty_name varchar?, placement_specialty_type varchar!
  `,
  placement_supervisor: `
    placement_id bigint*, supervisor_person_tis_id bigint*, supervisor_type varchar11*,
    supervisor_forenames varchar personal, supervisor_surname varchar personal,
    supervisor_email varchar? personal, supervisor_gmc_number varchar personal
  `,
  placement_site: `
    placement_site_id bigint*, placement_id bigint?, site_id bigint?, site_code varchar?,
    placement_site_type varchar?
  `,
  programme: `
    programme_id bigint*, intrepid_id varchar, programme_name varchar?, programme_number varchar?,
    owner varchar?, owner_local_office_id bigint?, status varchar?
  `,
  programme_curriculum: `
    programme_curriculum_id bigint*, programme_id bigint!, curriculum_id bigint!, gmc_programme_code varchar?
  `,
  programme_membership: `
    programme_membership_uuid varchar36*, person_tis_id bigint!, programme_id bigint!, programme_name varchar,
    programme_number varchar, programme_owner varchar?, programme_membership_type varchar?,
    programme_start_date date?, programme_end_date date?, period_of_grace_months integer,
    programme_end_date_with_period_of_grace date, curriculum_count integer?, first_curriculum_start_date date,
    last_curriculum_end_date date, rotation_id bigint, rotation_name varchar, training_number_id bigint,
    training_number varchar25 personal, training_pathway varchar, leaving_reason varchar personal,
    leaving_destination varchar, programme_membership_status varchar7!,
    conditions_of_joining_signed_at timestamp, conditions_of_joining_version varchar16,
    amended_date timestamp!
  `,
  curriculum_membership: `
    curriculum_membership_id bigint*, programme_membership_uuid varchar36!, person_tis_id bigint!,
    programme_id bigint!, curriculum_id bigint!, curriculum_name varchar, curriculum_sub_type varchar,
    curriculum_specialty_raw varchar, curriculum_specialty_id bigint?, curriculum_specialty_name varchar,
    curriculum_start_date date?, curriculum_end_date date?, curriculum_completion_date date,
    period_of_grace_months integer, amended_date timestamp!
  `,
  curriculum: `
    curriculum_id bigint*, intrepid_id varchar, curriculum_name varchar?, curriculum_sub_type varchar,
    assessment_type varchar, leads_to_cct boolean, period_of_grace_months integer,
    eligible_for_period_of_grace boolean!, specialty_raw varchar?, length_months integer!, status varchar!
  `,
  specialty: `
    specialty_id bigint*, intrepid_id varchar, specialty_code varchar?, specialty_name varchar?,
    college varchar, status varchar?, specialty_group_id bigint, specialty_group_name varchar,
    block_indemnity boolean, specialty_types text
  `,
  training_number: `
    training_number_id bigint*, training_number varchar25? personal, training_number_type varchar,
    number integer, appointment_year integer, type_of_contract varchar, suffix varchar, programme_id bigint
  `,
  rotation: `
    rotation_id bigint*, programme_id bigint!, programme_name varchar, programme_number varchar,
    rotation_name varchar!, status varchar?
  `,
  rotation_post: `
    rotation_post_id bigint*, rotation_id bigint!, post_id bigint!
  `,
  trust: `
    trust_id bigint*, trust_code varchar?, trust_name varchar?, trust_known_as varchar, trust_number varchar,
    local_office varchar, status varchar?, address varchar, post_code varchar, organization_type varchar,
    intrepid_id varchar
  `,
  site: `
    site_id bigint*, site_code varchar?, site_number varchar, site_name varchar?, site_known_as varchar,
    address varchar, post_code varchar, trust_id bigint?, trust_code varchar, trust_name varchar,
    local_office varchar, status varchar?, start_date date, end_date date, organization_type varchar,
    intrepid_id varchar
  `,
  grade: `
    grade_id bigint*, grade_abbreviation varchar?, grade_name varchar?, grade_label varchar,
    is_training_grade boolean!, is_post_grade boolean!, is_placement_grade boolean!, status varchar?,
    intrepid_id varchar
  `,
  local_office: `
    local_office_id bigint*, abbreviation varchar!, local_office_name varchar!, post_abbreviation varchar,
    status varchar?
  `,
  reference_value: `
    list_name varchar23*, code varchar*, label varchar?, status varchar?
  `,
  assessment: `
    assessment_id bigint*, person_tis_id bigint?, review_date timestamp?, assessment_type varchar?,
    status varchar, programme_id bigint, programme_number varchar, programme_name varchar,
    curriculum_membership_id bigint, curriculum_id bigint, curriculum_name varchar,
    curriculum_specialty varchar, curriculum_sub_type varchar, membership_type varchar, grade_id bigint,
    grade_abbreviation varchar, period_covered_from timestamp, period_covered_to timestamp,
    months_wte_during_period integer, months_counted_to_training integer,
    days_out_of_training integer personal, pya boolean, outcome_id bigint, outcome varchar? personal,
    under_appeal boolean personal, academic_outcome varchar personal, training_completion_date timestamp,
    extended_training_completion_date timestamp personal, extended_training_time_in_months integer personal,
    next_rotation_grade_id bigint, next_rotation_grade_abbreviation varchar, next_review_date timestamp,
    known_concerns boolean personal, amended_date timestamp!
  `,
  assessment_outcome_reason: `
    assessment_outcome_reason_id bigint*, assessment_id bigint!, reason_code varchar? personal,
    reason varchar personal, other_reason text personal
  `,
  absence: `
    absence_id bigint*, person_tis_id bigint!, esr_absence_id varchar10! personal,
    start_date timestamp? personal, end_date timestamp personal, duration_in_days integer personal,
    amended_date timestamp!
  `,
  lm_applicant: `
    person_tis_id bigint*, title varchar, forenames varchar? personal, surname varchar! personal,
    email_address varchar! personal, gmc_number varchar personal, gdc_number varchar personal,
    public_health_number varchar personal, local_office varchar!, active boolean!
  `,
  lm_programme_membership: `
    programme_membership_uuid varchar36*, person_tis_id bigint!, programme_id bigint!,
    programme_name varchar?, programme_number varchar?, local_office varchar!,
    programme_membership_type varchar, programme_start_date date!, programme_end_date date!,
    programme_end_date_with_period_of_grace date!
  `,
  lm_placement: `
    placement_id bigint*, person_tis_id bigint!, post_id bigint?, national_post_number varchar?,
    placement_start_date date!, placement_end_date date!, placement_type varchar?, placement_wte numeric?,
    grade_abbreviation varchar?, site_code varchar?, site_name varchar?, site_trust_code varchar?,
    site_trust_name varchar?, primary_specialty_name varchar?, clinical_supervisor_person_tis_id bigint,
    educational_supervisor_person_tis_id bigint
  `,
};
