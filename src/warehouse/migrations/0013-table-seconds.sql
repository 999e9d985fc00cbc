-- How long each source table took, by which the guard pace judges it; null for those read before this was written down.
alter table nightjar.raw_table add column seconds double precision;
