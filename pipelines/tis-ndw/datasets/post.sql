-- "Primary" and "approved" are only words in the source: nothing keeps a post from having two. So the links are brought
-- to one row a post before they are joined, and how many there were is published.
with primary_specialty as (
  select post_id, min(specialty_id) as specialty_id, count(*) as links
  from tcs_post_specialty
  where fold_case(post_specialty_type) = 'primary'
  group by post_id
),
approved_grade as (
  select post_id, min(grade_id) as grade_id, count(*) as links
  from tcs_post_grade
  where fold_case(post_grade_type) = 'approved'
  group by post_id
),
primary_site as (
  select post_id, min(site_id) as site_id, count(*) as links
  from tcs_post_site
  where fold_case(post_site_type) = 'primary'
  group by post_id
)
select
  p.id as post_id,
  p.intrepid_id,
  p.national_post_number,
  p.local_post_number,
  p.status,
  p.owner,
  p.post_family,
  p.suffix,
  p.funding_status,
  p.employing_body_id,
  eb.trust_code as employing_body_code,
  eb.trust_name as employing_body_name,
  p.training_body_id,
  tb.trust_code as training_body_code,
  tb.trust_name as training_body_name,
  ps.specialty_id as primary_specialty_id,
  sp.specialty_code as primary_specialty_code,
  sp.specialty_name as primary_specialty_name,
  coalesce(ps.links, 0) as primary_specialty_count,
  ag.grade_id as approved_grade_id,
  g.grade_abbreviation as approved_grade_abbreviation,
  coalesce(ag.links, 0) as approved_grade_count,
  pst.site_id as primary_site_id,
  si.site_code as primary_site_code,
  si.site_name as primary_site_name,
  coalesce(pst.links, 0) as primary_site_count,
  p.old_post_id,
  p.new_post_id,
  p.legacy as is_legacy
from tcs_post p
left join trust eb on eb.trust_id = p.employing_body_id
left join trust tb on tb.trust_id = p.training_body_id
left join primary_specialty ps on ps.post_id = p.id
left join specialty sp on sp.specialty_id = ps.specialty_id
left join approved_grade ag on ag.post_id = p.id
left join grade g on g.grade_id = ag.grade_id
left join primary_site pst on pst.post_id = p.id
left join site si on si.site_id = pst.site_id
