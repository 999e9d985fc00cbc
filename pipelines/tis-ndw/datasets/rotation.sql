select
  r.id as rotation_id,
  r.programme_id,
  p.programme_name,
  p.programme_number,
  normalize(r.name) as rotation_name,
  r.status
from tcs_rotation r
left join programme p on p.programme_id = r.programme_id
