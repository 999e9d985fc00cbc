-- An owner is only a name, and all offices were renamed. A name is looked up as it stands; failing that, by the name
-- that the office bears now. Of several offices of one name the only current one counts; where that does not tell
-- either, the name leads to none. It never doubles a programme.
with renamed as (
  select fold_case(old_name) as old_fold, min(fold_case(new_name)) as new_fold
  from reference_local_office_name_mapping
  group by fold_case(old_name)
  having count(distinct fold_case(new_name)) = 1
),
office as (
  select o.id, fold_case(o.name) as name_fold, coalesce(r.new_fold, fold_case(o.name)) as present_fold,
    fold_case(o.status) = 'current' as is_current
  from reference_local_office o
  left join renamed r on exact(r.old_fold) = fold_case(o.name)
),
by_name as (
  select name_fold, coalesce(min(id) filter (where is_current), min(id)) as local_office_id
  from office
  group by name_fold
  having count(*) = 1 or count(*) filter (where is_current) = 1
),
by_present_name as (
  select present_fold, coalesce(min(id) filter (where is_current), min(id)) as local_office_id
  from office
  group by present_fold
  having count(*) = 1 or count(*) filter (where is_current) = 1
)
select
  p.id as programme_id,
  p.intrepid_id,
  normalize(p.programme_name) as programme_name,
  p.programme_number,
  p.owner,
  coalesce(n.local_office_id, pn.local_office_id) as owner_local_office_id,
  p.status
from tcs_programme p
left join by_name n on exact(n.name_fold) = fold_case(p.owner)
left join renamed r on exact(r.old_fold) = fold_case(p.owner)
left join by_present_name pn on exact(pn.present_fold) = exact(coalesce(r.new_fold, fold_case(p.owner)))
