with primary_specialty as (
  -- One row a placement before it is joined: nothing in the source keeps a placement from having two.
  -- Sorted rather than grouped: the source gives these rows in this order, and sorting what is sorted is quick.
  select distinct on (placement_id) placement_id, specialty_id
  from tcs_placement_specialty
  where fold_case(placement_specialty_type) = 'primary'
  order by placement_id, specialty_id
)
select
  pl.id as placement_id,
  pl.intrepid_id,
  pl.trainee_id as person_tis_id,
  pl.post_id,
  p.national_post_number,
  pl.date_from as placement_start_date,
  pl.date_to as placement_end_date,
  pl.placement_type,
  -- Single precision in the source, where 0.8 equals nothing; its six digits are the number that people entered.
  case
    when abs(pl.placement_whole_time_equivalent) < 999 then round(pl.placement_whole_time_equivalent::numeric, 3)
  end as placement_wte,
  pl.grade_id,
  g.grade_abbreviation,
  g.grade_name,
  pl.site_id,
  s.site_code,
  s.site_name,
  s.trust_id as site_trust_id,
  t.trust_code as site_trust_code,
  t.trust_name as site_trust_name,
  ps.specialty_id as primary_specialty_id,
  sp.specialty_code as primary_specialty_code,
  sp.specialty_name as primary_specialty_name,
  pl.local_post_number,
  pl.training_description,
  pl.lifecycle_state,
  -- (select …) so that the date is looked up once, not once a row.
  case
    when pl.date_from is null or pl.date_to is null then 'PAST'
    when pl.date_from > (select as_of()) then 'FUTURE'
    when pl.date_to < (select as_of()) then 'PAST'
    else 'CURRENT'
  end as placement_status,
  pl.placement_added_date as added_date,
  pl.placement_amended_date as amended_date
from tcs_placement pl
left join post p on p.post_id = pl.post_id
left join grade g on g.grade_id = pl.grade_id
left join site s on s.site_id = pl.site_id
left join trust t on t.trust_id = s.trust_id
left join primary_specialty ps on ps.placement_id = pl.id
left join specialty sp on sp.specialty_id = ps.specialty_id
