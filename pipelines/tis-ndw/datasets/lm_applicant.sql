-- People with a membership in the extract, who hold a trainee role and none that marks a record as no real person.
with membership as (
  -- The membership that speaks for the person: one that is running, then the one that began last.
  select distinct on (person_tis_id)
    person_tis_id,
    local_office,
    (select as_of()) between programme_start_date and programme_end_date_with_period_of_grace as active
  from lm_programme_membership
  order by person_tis_id, active desc, programme_start_date desc, programme_membership_uuid collate "C"
),
held as (
  -- One text holds all of a person's roles. Each is compared whole: one name may lie within another.
  select
    p.person_tis_id,
    bool_or(fold_case(r.treatment) = 'trainee') as is_trainee,
    bool_or(fold_case(r.treatment) = 'excluded') as is_excluded
  from membership m
  join person p on p.person_tis_id = m.person_tis_id
  cross join lateral string_to_table(p.role, ',') as one (role)
  join leave_manager_role r on fold_case(r.role) = fold_case(one.role)
  group by p.person_tis_id
)
select
  p.person_tis_id,
  p.title,
  p.forenames,
  p.surname,
  p.email_address,
  p.gmc_number,
  p.gdc_number,
  p.public_health_number,
  m.local_office,
  m.active
from membership m
join person p on p.person_tis_id = m.person_tis_id
join held h on h.person_tis_id = m.person_tis_id
where h.is_trainee
  and not h.is_excluded
  -- Without a name or a login there is no account to have.
  and btrim(p.surname) <> ''
  and btrim(p.email_address) <> ''
