select
  tn.id as training_number_id,
  tn.training_number,
  tn.training_number_type,
  tn.number,
  tn.appointment_year,
  tn.type_of_contract,
  tn.suffix,
  tn.programme_id
from tcs_training_number tn
