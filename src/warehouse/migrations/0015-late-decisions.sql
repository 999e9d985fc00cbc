-- What is decided while something else is on its way: a rollback beside retention, a publication beside an import, a switch
-- whose answer was lost after others of its kind.

-- What a generation is kept for, whatever its age: `service`, for the one in service, the one before the latest switch, and one that
-- is announced; `reading`, for what a consumer's new sessions or a living session read. Null for none.
create function nightjar.kept_for(target bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when exists (select from (select j.generation, j.previous from nightjar.journal j
                               where j.kind in ('publish', 'rollback') order by j.entry desc limit 1) l
                  where target in (l.generation, l.previous))
      or exists (select from nightjar.announcement a where a.generation = target) then 'service'
    when exists (select from nightjar.consumer c where nightjar.current_generation(c.name) = target)
      or exists (select from nightjar.generations_in_use() u where u.generation = target) then 'reading'
  end
$$;

-- As in 0004, but gives what it retires, and leaves out what is kept for something by now: whoever switches holds the fence's
-- row too, so that what somebody has gone back to since the plan was made is seen here, or waits for us.
drop function nightjar.retire(bigint, bigint[]);
create function nightjar.retire(mine bigint, targets bigint[]) returns setof bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  return query
    with retired as (
      update nightjar.generation g set state = 'retired'
       where g.number = any (targets) and g.state = 'published' and nightjar.kept_for(g.number) is null
      returning g.number
    ), refused as (
      insert into nightjar.retirement (generation) select number from retired on conflict do nothing
    ), told as (
      insert into nightjar.journal (kind, generation, fence) select 'retire', number, mine from retired
    )
    select number from retired;
end $$;

-- As in 0004, of the very switch of an instant: of several to one generation, each may have been lost. An older release does
-- not say which.
drop function nightjar.settle(bigint, text, bigint);
create function nightjar.settle(mine bigint, what text, target bigint, instant timestamptz default null) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  update nightjar.fence set number = number + 1 where number = mine;
  delete from nightjar.announcement a where a.fence = mine;
  return (select j.effective_from from nightjar.journal j
           where j.kind = what and j.generation = target and j.fence = mine
             and (settle.instant is null or j.effective_from = settle.instant)
           order by j.entry desc limit 1);
end $$;

-- As in 0006. The bound of an import was to be moved by no later publication, and was: by then its switch is written, and what
-- waited before it no longer counts as waiting.
create or replace function nightjar.waits(who text, instant timestamptz) returns table (until timestamptz, why text, import bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  rule nightjar.reading_rule;
  bound timestamptz;
begin
  -- Who has nothing yet has nothing to keep.
  if (nightjar.switch_at(who, instant - interval '1 microsecond')).generation is null then
    return;
  end if;
  select r.* into rule from nightjar.reading_rule r where r.consumer = who;
  bound := case when rule.after_bound = 'keep' then 'infinity' else instant + coalesce(rule.import_bound, interval '4 hours') end;
  select i.number into import from nightjar.import i
    where i.consumer = who and i.ended_at is null order by i.number desc limit 1;
  if import is not null then
    why := 'import';
    select least(bound, min(d.until)) into until from nightjar.due d
     where d.consumer = who and d.import = waits.import and d.effective_from < instant and d.until > instant;
  else
    until := least(nightjar.window_end(rule, instant), bound);
    if nightjar.window_end(rule, instant) is not null then why := 'window'; else until := null; end if;
  end if;
  if rule.standby_lag is not null then
    until := greatest(until, instant + rule.standby_lag);
    why := coalesce(why, 'standby');
  end if;
  if until is not null then return next; end if;
end $$;

revoke all on function nightjar.kept_for(bigint), nightjar.retire(bigint, bigint[]), nightjar.settle(bigint, text, bigint, timestamptz) from public;
