select
  c.id as curriculum_id,
  c.intrepid_id,
  normalize(c.name) as curriculum_name,
  c.curriculum_sub_type,
  c.assessment_type,
  c.does_this_curriculum_lead_to_cct as leads_to_cct,
  c.period_of_grace as period_of_grace_months,
  c.eligible_for_period_of_grace <> 0 as eligible_for_period_of_grace,
  c.specialty_id as specialty_raw,
  c.length as length_months,
  c.status
from tcs_curriculum c
