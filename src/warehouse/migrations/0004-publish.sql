-- The transactions that count. Each is one call, so one message: a runner that is paused between two statements of a
-- transaction could otherwise commit long after its lease was taken.

-- Stops a transaction whose runner no longer owns the environment's nights; makes one that is taking over wait.
create function nightjar.hold_fence(mine bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update nightjar.fence set number = number where number = mine;
  if not found then
    raise exception 'another runner has taken over (fence % is no longer in force)', mine using errcode = 'NJ011';
  end if;
end $$;

-- Takes the fence unless a living holder has it; gives the new number, or null. What the former holder announced can no
-- longer become a switch, and is withdrawn.
create function nightjar.take_fence(who text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  taken bigint;
begin
  update nightjar.fence f
     set number = f.number + 1, holder = who, held_since = clock_timestamp(), lease_pid = pg_backend_pid(),
         lease_began = (select a.backend_start from pg_stat_get_activity(pg_backend_pid()) a)
   where f.lease_pid is null or not exists (
     select 1 from pg_stat_get_activity(f.lease_pid) a where a.backend_start = f.lease_began)
  returning f.number into taken;
  if taken is not null then
    delete from nightjar.announcement;
  end if;
  return taken;
end $$;

create function nightjar.release_fence(mine bigint) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  update nightjar.fence set holder = null, held_since = null, lease_pid = null, lease_began = null where number = mine
$$;

-- The generation that new sessions of a consumer read from its latest switch on.
create function nightjar.current_generation(who text) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select s.generation from nightjar.switch s where s.consumer = who order by s.effective_from desc limit 1
$$;

-- Stops a switch over another base than the candidate was judged against; gives the published generation.
create function nightjar.check_base(target bigint, expected bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_generation bigint;
begin
  select j.generation into found_generation from nightjar.journal j where j.kind in ('publish', 'rollback')
    order by j.entry desc limit 1;
  if found_generation is distinct from expected then
    raise exception 'generation % is published, but % was expected', found_generation, expected using errcode = 'NJ012';
  end if;
  if not exists (select 1 from nightjar.generation g where g.number = target and g.state in ('audited', 'published')) then
    raise exception 'generation % is not there to be read', target using errcode = 'NJ013';
  end if;
  return found_generation;
end $$;

-- Announces that from an instant a moment ahead every consumer will read a generation; gives the instant. Whoever
-- announces must see, when this is committed, that the instant is still to come, or withdraw it.
--
-- expected: the generation that the candidate was judged against (null: none was published).
create function nightjar.announce(mine bigint, target bigint, expected bigint, lead interval) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  instant timestamptz;
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  perform nightjar.check_base(target, expected);
  -- Behind every earlier switch, also where the server's clock was set back; in whole milliseconds, as our clients know it.
  select greatest(date_trunc('milliseconds', clock_timestamp() + lead), max(s.effective_from) + interval '1 millisecond')
    into instant from nightjar.switch s;
  insert into nightjar.announcement (effective_from, generation, fence) values (instant, target, mine);
  return instant;
end $$;

-- Takes an announcement back: whoever it kept waiting reads on as before.
create function nightjar.withdraw(mine bigint, instant timestamptz) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  delete from nightjar.announcement a where a.effective_from = instant;
end $$;

-- Makes an announcement a switch of every consumer. Gives its instant.
--
-- hold_reason: keeps the coming runs from publishing until it is lifted (null: leaves that as it is).
create function nightjar.switch_to(
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
    where g.number = target and g.state in ('audited', 'published');
  if not found then
    raise exception 'generation % is not there to be read', target using errcode = 'NJ013';
  end if;
  insert into nightjar.journal (kind, generation, previous, run, fence, effective_from)
    values (what, target, found_generation, by_run, mine, instant) returning entry into journal_entry;
  insert into nightjar.switch (consumer, effective_from, generation, journal)
    select c.name, instant, target, journal_entry from nightjar.consumer c;
  if hold_reason is not null then
    insert into nightjar.hold (reason) values (hold_reason)
      on conflict (only_row) do update set reason = excluded.reason, since = clock_timestamp();
  end if;
  return instant;
end $$;

-- Decides a switch whose answer was lost: gives its instant, or null where it did not happen and never will. It waits
-- for the transaction in doubt, which holds the fence's row, and refuses it where it has yet to begin; so whoever asks
-- gives up his fence.
create function nightjar.settle(mine bigint, what text, target bigint) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  update nightjar.fence set number = number + 1 where number = mine;
  delete from nightjar.announcement a where a.fence = mine;
  return (select j.effective_from from nightjar.journal j
           where j.kind = what and j.generation = target and j.fence = mine order by j.entry desc limit 1);
end $$;

-- Gives up every candidate that no run is at work on any more. Only for who holds the fence.
create function nightjar.discard(mine bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  update nightjar.generation set state = 'discarded' where state in ('building', 'audited');
end $$;

-- Retires generations in reading(), before anything of theirs goes.
create function nightjar.retire(mine bigint, targets bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  insert into nightjar.retirement (generation) select unnest(targets) on conflict do nothing;
  insert into nightjar.journal (kind, generation, fence) select 'retire', unnest(targets), mine;
  update nightjar.generation set state = 'retired' where number = any (targets);
end $$;

-- The generations that some living session of a consumer reads, or will read when it asks.
create function nightjar.generations_in_use() returns table (generation bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select distinct coalesce(
    (select s.generation from nightjar.switch s
      where s.consumer = c.name
        and s.effective_from <= case c.pin when 'transaction' then coalesce(a.xact_start, clock_timestamp()) else a.backend_start end
      order by s.effective_from desc limit 1), 0)
  from pg_stat_get_activity(null) a
  join pg_roles r on r.oid = a.usesysid
  join nightjar.login l on l.login = r.rolname
  join nightjar.consumer c on c.name = l.consumer
$$;

revoke all on all functions in schema nightjar from public;
grant execute on function nightjar.as_of(), nightjar.exact(text), nightjar.fold_case(text), nightjar.fold_mysql(text),
  nightjar.strict_bigint(text), nightjar.strict_date(text) to public;
