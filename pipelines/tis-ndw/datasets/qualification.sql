select
  q.id as qualification_id,
  q.person_id as person_tis_id,
  normalize(q.qualification) as qualification,
  q.qualification_type,
  q.qualification_attained_date,
  normalize(q.medical_school) as medical_school,
  normalize(q.country_of_qualification) as country_of_qualification,
  q.amended_date
from tcs_qualification q
