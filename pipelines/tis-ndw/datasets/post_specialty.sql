select
  ps.id as post_specialty_id,
  ps.post_id,
  ps.specialty_id,
  ps.post_specialty_type
from tcs_post_specialty ps
