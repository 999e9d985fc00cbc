-- Reasons of assessments that are published. An outcome bears the id of its assessment.
select
  aor.id as assessment_outcome_reason_id,
  aor.assessment_outcome_id as assessment_id,
  r.code as reason_code,
  r.label as reason,
  aor.other as other_reason
from assessments_assessment_outcome_reason aor
join assessments_assessment a on a.id = aor.assessment_outcome_id and a.soft_deleted_date is null
left join assessments_reason r on r.id = aor.reason_id
