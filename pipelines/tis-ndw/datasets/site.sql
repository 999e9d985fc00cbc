select
  s.id as site_id,
  s.site_code,
  s.site_number,
  normalize(s.site_name) as site_name,
  normalize(s.site_known_as) as site_known_as,
  s.address,
  s.post_code,
  s.trust_id,
  -- The id wins; the code that stands beside it serves only where the id leads nowhere.
  coalesce(t.trust_code, s.trust_code) as trust_code,
  t.trust_name,
  s.local_office,
  s.status,
  s.start_date,
  s.end_date,
  normalize(ot.label) as organization_type,
  s.intrepid_id
from reference_site s
left join trust t on t.trust_id = s.trust_id
left join reference_organization_type ot on ot.id = s.organization_type_id
