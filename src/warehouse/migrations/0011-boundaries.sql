-- What may be gone back to: only what consumers were once given. A candidate that is held was not, and its judgements are
-- asked for where it is published, not where it is gone back to.

create function nightjar.journal_only_published() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from nightjar.journal j where j.kind = 'publish' and j.generation = new.generation) then
    raise exception 'generation % was never published', new.generation using errcode = 'NJ013';
  end if;
  return new;
end $$;
revoke all on function nightjar.journal_only_published() from public;

create trigger journal_only_published before insert on nightjar.journal
for each row when (new.kind = 'rollback') execute function nightjar.journal_only_published();
-- Whatever session_replication_role a database sets.
alter table nightjar.journal enable always trigger journal_only_published;
