-- The membership is enforced by the source, so this inner join loses no row; the audit counts.
select
  cm.id as curriculum_membership_id,
  cm.programme_membership_uuid,
  pm.person_id as person_tis_id,
  pm.programme_id,
  cm.curriculum_id,
  c.curriculum_name,
  c.curriculum_sub_type,
  c.specialty_raw as curriculum_specialty_raw,
  s.specialty_id as curriculum_specialty_id,
  s.specialty_name as curriculum_specialty_name,
  cm.curriculum_start_date,
  cm.curriculum_end_date,
  cm.curriculum_completion_date,
  cm.period_of_grace as period_of_grace_months,
  cm.amended_date
from tcs_curriculum_membership cm
join tcs_programme_membership pm on exact(pm.uuid) = exact(cm.programme_membership_uuid)
left join (
  curriculum c left join specialty s on s.specialty_id = strict_bigint(c.specialty_raw)
) on c.curriculum_id = cm.curriculum_id
