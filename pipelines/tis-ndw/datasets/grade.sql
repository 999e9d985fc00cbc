select
  g.id as grade_id,
  g.abbreviation as grade_abbreviation,
  normalize(g.name) as grade_name,
  normalize(g.label) as grade_label,
  g.training_grade as is_training_grade,
  g.post_grade as is_post_grade,
  g.placement_grade as is_placement_grade,
  g.status,
  g.intrepid_id
from reference_grade g
