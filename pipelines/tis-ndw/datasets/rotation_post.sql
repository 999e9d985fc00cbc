select
  rp.id as rotation_post_id,
  rp.rotation_id,
  rp.post_id
from tcs_rotation_post rp
