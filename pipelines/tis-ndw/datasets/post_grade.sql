select
  pg.id as post_grade_id,
  pg.post_id,
  pg.grade_id,
  g.grade_abbreviation,
  pg.post_grade_type
from tcs_post_grade pg
left join grade g on g.grade_id = pg.grade_id
