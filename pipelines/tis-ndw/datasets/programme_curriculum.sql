select
  pc.id as programme_curriculum_id,
  pc.programme_id,
  pc.curriculum_id,
  pc.gmc_programme_code
from tcs_programme_curriculum pc
