select
  ps.placement_id,
  ps.specialty_id,
  s.specialty_name,
  ps.placement_specialty_type
from tcs_placement_specialty ps
left join specialty s on s.specialty_id = ps.specialty_id
