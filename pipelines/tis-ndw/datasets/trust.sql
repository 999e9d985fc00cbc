select
  t.id as trust_id,
  t.code as trust_code,
  normalize(t.trust_name) as trust_name,
  normalize(t.trust_known_as) as trust_known_as,
  t.trust_number,
  t.local_office,
  t.status,
  t.address,
  t.post_code,
  normalize(ot.label) as organization_type,
  t.intrepid_id
from reference_trust t
left join reference_organization_type ot on ot.id = t.organization_type_id
