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

-- As in 0001, but a consumer that comes under another name is given switches of long ago: those of the former name, which an
-- earlier transaction wrote in time. With our rights: up to PostgreSQL 17 it runs with those of whoever commits, a consumer
-- that acknowledges among them.
create or replace function nightjar.switch_is_in_time() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if clock_timestamp() > new.effective_from + interval '5 minutes' and not exists (
    select from nightjar.switch s join nightjar.journal j on j.entry = s.journal
     where s.journal = new.journal and s.effective_from = new.effective_from and s.consumer <> new.consumer
       and j.transaction <> pg_current_xact_id())
  then
    raise exception 'the instant of the switch has been overtaken by its own commit' using errcode = 'NJ010';
  end if;
  return null;
end $$;

-- Whose warehouse this is: that of the environment whose run comes first. Another one's would be judged by what this one
-- published, and would be published to its consumers.
create table nightjar.environment (
  only_row boolean primary key default true check (only_row),
  name text not null,
  since timestamptz not null default clock_timestamp()
);
