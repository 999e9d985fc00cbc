-- Memberships of programmes whose office uses Leave Manager tonight, from 56 days before they begin until 56 days after
-- they end with their period of grace. Offices are compared by the name that they bear now.
with renamed as (
  select fold_case(old_name) as old_fold, min(fold_case(new_name)) as new_fold
  from reference_local_office_name_mapping
  group by fold_case(old_name)
  having count(distinct fold_case(new_name)) = 1
),
office as (
  select
    coalesce(r.new_fold, fold_case(u.local_office)) as name_fold,
    min(u.local_office collate "C") as local_office
  from leave_manager_office u
  left join renamed r on exact(r.old_fold) = fold_case(u.local_office)
  where u.valid_from <= (select as_of()) and (u.valid_to is null or u.valid_to >= (select as_of()))
  group by coalesce(r.new_fold, fold_case(u.local_office))
)
select
  m.programme_membership_uuid,
  m.person_tis_id,
  m.programme_id,
  m.programme_name,
  m.programme_number,
  o.local_office,
  m.programme_membership_type,
  m.programme_start_date,
  m.programme_end_date,
  m.programme_end_date_with_period_of_grace
from programme_membership m
left join renamed r on exact(r.old_fold) = fold_case(m.programme_owner)
join office o on exact(o.name_fold) = exact(coalesce(r.new_fold, fold_case(m.programme_owner)))
where m.programme_start_date <= (select as_of()) + 56
  and m.programme_end_date is not null
  and m.programme_end_date_with_period_of_grace >= (select as_of()) - 56
