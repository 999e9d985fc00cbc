select
  pp.programme_id,
  pp.post_id,
  pp.added_date
from tcs_programme_post pp
