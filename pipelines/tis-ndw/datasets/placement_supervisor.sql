select
  ps.placement_id,
  ps.person_id as supervisor_person_tis_id,
  case ps.type
    when 1 then 'CLINICAL'
    when 2 then 'EDUCATIONAL'
    else 'TYPE_' || ps.type
  end as supervisor_type,
  p.forenames as supervisor_forenames,
  p.surname as supervisor_surname,
  p.email_address as supervisor_email,
  p.gmc_number as supervisor_gmc_number
from tcs_placement_supervisor ps
left join person p on p.person_tis_id = ps.person_id
