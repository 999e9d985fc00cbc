select
  ta.id as trainer_approval_id,
  ta.person_id as person_tis_id,
  ta.trainer_type,
  ta.approval_status,
  ta.start_date,
  ta.end_date
from tcs_trainer_approval ta
