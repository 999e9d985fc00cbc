-- A run may also be one that only compares.

alter table nightjar.run drop constraint run_outcome_check;
alter table nightjar.run add constraint run_outcome_check
  check (outcome in ('running', 'published', 'rehearsed', 'verified', 'held', 'failed', 'stopped'));
