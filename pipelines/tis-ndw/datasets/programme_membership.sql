-- One to several curricula hang from a membership: brought to one row before they are joined.
with curricula as (
  select
    cm.programme_membership_uuid,
    count(*) as curriculum_count,
    min(cm.curriculum_start_date) as first_start_date,
    max(cm.curriculum_end_date) as last_end_date,
    max(coalesce(cm.period_of_grace, c.period_of_grace_months))
      filter (where c.eligible_for_period_of_grace) as period_of_grace_months
  from tcs_curriculum_membership cm
  left join curriculum c on c.curriculum_id = cm.curriculum_id
  group by cm.programme_membership_uuid
)
select
  pm.uuid as programme_membership_uuid,
  pm.person_id as person_tis_id,
  pm.programme_id,
  p.programme_name,
  p.programme_number,
  p.owner as programme_owner,
  pm.programme_membership_type,
  pm.programme_start_date,
  pm.programme_end_date,
  cu.period_of_grace_months,
  -- A month later, or that month's last day. A number of months that nobody can mean leads to no date, not to a halt.
  case
    when pm.programme_end_date is not null and coalesce(cu.period_of_grace_months, 0) between -1200 and 1200
    then least(
      (pm.programme_end_date + coalesce(cu.period_of_grace_months, 0) * interval '1 month')::date,
      date '9999-12-31'
    )
  end as programme_end_date_with_period_of_grace,
  coalesce(cu.curriculum_count, 0) as curriculum_count,
  cu.first_start_date as first_curriculum_start_date,
  cu.last_end_date as last_curriculum_end_date,
  pm.rotation_id,
  coalesce(r.rotation_name, normalize(pm.rotation)) as rotation_name,
  pm.training_number_id,
  tn.training_number,
  pm.training_pathway,
  pm.leaving_reason,
  pm.leaving_destination,
  case
    when pm.programme_start_date is null or pm.programme_end_date is null then 'PAST'
    when pm.programme_start_date > (select as_of()) then 'FUTURE'
    when pm.programme_end_date < (select as_of()) then 'PAST'
    else 'CURRENT'
  end as programme_membership_status,
  coj.signed_at as conditions_of_joining_signed_at,
  coj.version as conditions_of_joining_version,
  pm.amended_date
from tcs_programme_membership pm
left join programme p on p.programme_id = pm.programme_id
left join rotation r on r.rotation_id = pm.rotation_id
left join training_number tn on tn.training_number_id = pm.training_number_id
left join tcs_conditions_of_joining coj on exact(coj.programme_membership_uuid) = exact(pm.uuid)
left join curricula cu on exact(cu.programme_membership_uuid) = exact(pm.uuid)
