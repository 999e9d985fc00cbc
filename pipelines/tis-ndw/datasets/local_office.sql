select
  o.id as local_office_id,
  o.abbreviation,
  normalize(o.name) as local_office_name,
  o.post_abbreviation,
  o.status
from reference_local_office o
