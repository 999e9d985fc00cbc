with types as (
  select specialty_id, string_agg(specialty_type, ',' order by specialty_type collate "C") as specialty_types
  from tcs_specialty_types
  group by specialty_id
)
select
  s.id as specialty_id,
  s.intrepid_id,
  s.specialty_code,
  normalize(s.name) as specialty_name,
  normalize(s.college) as college,
  s.status,
  s.specialty_group_id,
  normalize(sg.name) as specialty_group_name,
  s.block_indemnity <> 0 as block_indemnity,
  t.specialty_types
from tcs_specialty s
left join tcs_specialty_group sg on sg.id = s.specialty_group_id
left join types t on t.specialty_id = s.id
