-- For the comparisons behind the view `change`: as changed_since(), where both generations that are compared are by the key that
-- is told, and of a shape in which it is seen. Keys that never were would be told otherwise: where a column of the key had
-- another type, or after a rollback to a generation by a former key.
create function nightjar.compared_since(dataset text, key text[], shapes text[]) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  base bigint := nightjar.changed_since(dataset);
  now_read bigint := nightjar.reading(null);
  other bigint;
begin
  select min(d.generation) into other from nightjar.dataset d
    where d.name = compared_since.dataset and d.generation in (base, now_read)
      and (d.key_columns <> key or d.shape <> all (shapes));
  if other is not null then
    raise exception 'dataset "%" had another key in generation %: what changed since cannot be told', dataset, other
      using errcode = 'NJ005', hint = 'Read all of it, and acknowledge.';
  end if;
  return base;
end $$;
revoke all on function nightjar.compared_since(text, text[], text[]) from public;
