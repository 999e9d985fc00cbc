with funding_type as (
  -- A funding names its type by label, and labels are not unique. Of several types of one label the only current one
  -- counts; where that does not tell either, the label stands for none.
  select
    fold_case(label) as label_fold,
    coalesce(min(code) filter (where is_current), min(code)) as code,
    coalesce(min(label) filter (where is_current), min(label)) as label
  from (select code, label, fold_case(status) = 'current' as is_current from reference_funding_type) t
  group by fold_case(label)
  having count(*) = 1 or count(*) filter (where is_current) = 1
)
select
  pf.id as post_funding_id,
  pf.post_id,
  pf.start_date,
  pf.end_date,
  pf.funding_type as funding_type_raw,
  ft.code as funding_type_code,
  normalize(ft.label) as funding_type,
  fst.code as funding_sub_type_code,
  normalize(fst.label) as funding_sub_type,
  normalize(fr.reason) as funding_reason,
  pf.funding_body_id as funding_body_raw,
  fb.trust_id as funding_body_trust_id,
  fb.trust_name as funding_body_name,
  pf.info as details
from tcs_post_funding pf
left join funding_type ft on exact(ft.label_fold) = fold_case(pf.funding_type)
left join reference_funding_sub_type fst on exact(fst.id) = exact(pf.funding_sub_type_id)
left join reference_funding_reason fr on exact(fr.id) = exact(pf.funding_reason_id)
left join trust fb on fb.trust_id = strict_bigint(pf.funding_body_id)
