-- The details hang from a person by a shared id, at most one row each, and any of them may be absent.
select
  p.id as person_tis_id,
  p.intrepid_id,
  cd.title,
  normalize(cd.forenames) as forenames,
  normalize(cd.surname) as surname,
  normalize(cd.legal_forenames) as legal_forenames,
  normalize(cd.legal_surname) as legal_surname,
  normalize(cd.known_as) as known_as,
  normalize(cd.maiden_name) as maiden_name,
  cd.initials,
  cd.email as email_address,
  cd.telephone_number,
  cd.mobile_number,
  cd.address1,
  cd.address2,
  cd.address3,
  cd.address4,
  cd.post_code,
  cd.country,
  gmc.gmc_number,
  gmc.gmc_status,
  gmc.gmc_start_date,
  gmc.gmc_end_date,
  gdc.gdc_number,
  gdc.gdc_status,
  gdc.gdc_start_date,
  gdc.gdc_end_date,
  p.public_health_number,
  p.regulator,
  p.role,
  p.status,
  p.inactive_date,
  po.owner as current_owner,
  po.rule as current_owner_rule,
  p.added_date,
  p.amended_date
from tcs_person p
left join tcs_contact_details cd on cd.id = p.id
left join tcs_gmc_details gmc on gmc.id = p.id
left join tcs_gdc_details gdc on gdc.id = p.id
left join tcs_person_owner po on po.id = p.id
