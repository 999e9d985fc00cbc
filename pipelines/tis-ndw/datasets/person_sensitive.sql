with permit as (
  -- Unique before it is joined: a code that stands for two labels stands for none.
  select fold_case(code) as code_fold, min(label) as label
  from reference_permit_to_work
  group by fold_case(code)
  having count(*) = 1
)
select
  p.id as person_tis_id,
  pd.date_of_birth,
  pd.gender,
  pd.marital_status,
  pd.nationality,
  pd.dual_nationality,
  pd.ethnic_origin,
  pd.sexual_orientation,
  pd.religious_belief,
  pd.disability,
  pd.national_insurance_number,
  rtw.eea_resident,
  rtw.permit_to_work,
  normalize(permit.label) as permit_to_work_label,
  rtw.settled,
  rtw.visa_issued,
  rtw.visa_valid_to
from tcs_person p
left join tcs_personal_details pd on pd.id = p.id
left join tcs_right_to_work rtw on rtw.id = p.id
left join permit on exact(permit.code_fold) = fold_case(rtw.permit_to_work)
