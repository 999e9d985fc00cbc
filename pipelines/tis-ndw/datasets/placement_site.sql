select
  ps.id as placement_site_id,
  ps.placement_id,
  ps.site_id,
  s.site_code,
  ps.placement_site_type
from tcs_placement_site ps
left join site s on s.site_id = ps.site_id
