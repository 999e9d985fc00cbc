-- A switch that is brought forward is announced and then written; whoever does it may die in between. What is left of that kept
-- the consumer from reading, also what the next night published, and for ever from importing.

-- As in 0006, and withdraws what is announced of switches that it comes after. Whoever is about to write one of these has
-- its announcement locked, is not waited for, and is left alone; whoever comes to it later finds it gone, and writes nothing.
create or replace function nightjar.switch_to(
  mine bigint, what text, target bigint, expected bigint, by_run bigint, instant timestamptz, hold_reason text default null)
returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_generation bigint;
  journal_entry bigint;
begin
  -- Whatever the server's or the database's setting: an acknowledged publication survives a crash.
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  found_generation := nightjar.check_base(target, expected);
  delete from nightjar.announcement a where a.effective_from = instant and a.generation = target and a.fence = mine;
  if not found then
    raise exception 'the announcement no longer stands' using errcode = 'NJ010';
  end if;
  -- The row lock makes a discarding of the same generation wait, or shows us that it came first.
  update nightjar.generation g set state = 'published', published_at = coalesce(g.published_at, instant)
    where g.number = target and g.state in ('audited', 'held', 'published');
  if not found then
    raise exception 'generation % is not there to be read', target using errcode = 'NJ013';
  end if;
  insert into nightjar.journal (kind, generation, previous, run, fence, effective_from)
    values (what, target, found_generation, by_run, mine, instant) returning entry into journal_entry;
  delete from nightjar.due_announcement a
   where a.consumer in (select d.consumer from nightjar.due_announcement d for update skip locked);
  insert into nightjar.switch (consumer, effective_from, generation, journal)
    select c.name, instant, target, journal_entry from nightjar.consumer c;
  insert into nightjar.due (consumer, effective_from, until, why, import)
    select c.name, instant, w.until, w.why, w.import from nightjar.consumer c cross join lateral nightjar.waits(c.name, instant) w;
  if hold_reason is not null then
    insert into nightjar.hold (reason) values (hold_reason)
      on conflict (only_row) do update set reason = excluded.reason, since = clock_timestamp();
  end if;
  return instant;
end $$;

-- As in 0006, but where nothing waits no announcement stays.
create or replace function nightjar.announce_due(who text, lead interval) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  waiting record;
  lag interval;
  instant timestamptz;
begin
  perform set_config('synchronous_commit', 'on', true);
  select w.* into waiting from nightjar.waiting_switches() w where w.consumer = who order by w.journal desc limit 1;
  if not found then
    -- What was announced and broken off never comes any more; begin_import() would take it for a switch on its way.
    delete from nightjar.due_announcement a where a.consumer = who;
    return null;
  end if;
  select r.standby_lag into lag from nightjar.reading_rule r where r.consumer = who;
  instant := date_trunc('milliseconds', greatest(clock_timestamp() + greatest(lead, lag), waiting.effective_from))
             + interval '1001 microseconds';
  if waiting.until <= instant then
    return null;
  end if;
  insert into nightjar.due_announcement as a (consumer, effective_from, journal) values (who, instant, waiting.journal)
    on conflict (consumer) do update
      set effective_from = excluded.effective_from, journal = excluded.journal, transaction = excluded.transaction;
  return instant;
end $$;
