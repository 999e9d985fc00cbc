-- Approved placements of the applicants, from 56 days before they begin until 56 days after they end.
with supervisor as (
  -- One row a placement before it is joined: there may be several supervisors of a kind.
  select
    placement_id,
    min(supervisor_person_tis_id) filter (where supervisor_type = 'CLINICAL') as clinical_id,
    min(supervisor_person_tis_id) filter (where supervisor_type = 'EDUCATIONAL') as educational_id
  from placement_supervisor
  group by placement_id
)
select
  p.placement_id,
  p.person_tis_id,
  p.post_id,
  p.national_post_number,
  p.placement_start_date,
  p.placement_end_date,
  p.placement_type,
  p.placement_wte,
  p.grade_abbreviation,
  p.site_code,
  p.site_name,
  p.site_trust_code,
  p.site_trust_name,
  p.primary_specialty_name,
  s.clinical_id as clinical_supervisor_person_tis_id,
  s.educational_id as educational_supervisor_person_tis_id
from placement p
join lm_applicant a on a.person_tis_id = p.person_tis_id
left join supervisor s on s.placement_id = p.placement_id
where p.lifecycle_state = 'APPROVED'
  and p.placement_start_date <= (select as_of()) + 56
  and p.placement_end_date >= (select as_of()) - 56
