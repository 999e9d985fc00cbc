select
  a.id as absence_id,
  a.person_id as person_tis_id,
  a.absence_attendance_id as esr_absence_id,
  a.start_date,
  a.end_date,
  a.duration_in_days,
  a.amended_date
from tcs_absence a
