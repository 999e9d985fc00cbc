select
  ps.id as post_site_id,
  ps.post_id,
  ps.site_id,
  s.site_code,
  ps.post_site_type
from tcs_post_site ps
left join site s on s.site_id = ps.site_id
