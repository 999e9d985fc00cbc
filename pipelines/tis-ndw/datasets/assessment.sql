select
  a.id as assessment_id,
  a.trainee_id as person_tis_id,
  a.review_date,
  a.type as assessment_type,
  a.status,
  a.programme_id,
  a.programme_number,
  a.programme_name,
  a.curriculum_membership_id,
  d.curriculum_id,
  d.curriculum_name,
  d.curriculum_specialty,
  d.curriculum_sub_type,
  d.membership_type,
  d.grade_id,
  d.grade_abbreviation,
  d.period_covered_from,
  d.period_covered_to,
  d.months_wte_during_period,
  d.months_counted_to_training,
  d.days_out_of_training,
  d.pya,
  ao.outcome_id,
  -- The id wins; the text that stands beside it serves only where the id leads nowhere.
  coalesce(o.label, ao.outcome) as outcome,
  ao.under_appeal,
  ao.academic_outcome,
  ao.training_completion_date,
  ao.extended_training_completion_date,
  ao.extended_training_time_in_months,
  ao.next_rotation_grade_id,
  ao.next_rotation_grade_abbr as next_rotation_grade_abbreviation,
  ao.next_review_date,
  r.known_concerns,
  a.amended_date
from assessments_assessment a
left join assessments_assessment_detail d on d.id = a.id
left join assessments_assessment_outcome ao on ao.id = a.id
left join assessments_outcome o on o.id = ao.outcome_id
left join assessments_revalidation r on r.id = a.id
where a.soft_deleted_date is null
