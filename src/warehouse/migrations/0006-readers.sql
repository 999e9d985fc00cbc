-- The readers' side: when a consumer imports, what its own word on that does, and its receipts.
--
-- New tables only: every open transaction of a reader locks those that reading() reads, and a change of one would wait for
-- it. And what a consumer writes, no runner ever updates or deletes: nobody's open transaction can make a night wait.

create table nightjar.reading_rule (
  consumer text primary key references nightjar.consumer,
  time_zone text not null,
  -- Both or neither; by the clocks of the time zone, window_to on the next day where it is the smaller.
  window_from time,
  window_to time,
  import_bound interval not null,
  after_bound text not null check (after_bound in ('switch', 'keep')),
  when_stale text not null check (when_stale in ('read', 'refuse')),
  deadline time,
  standby_lag interval
);

-- A consumer's word that an import is open. Written by the consumer alone.
create table nightjar.import (
  number bigint generated always as identity primary key,
  consumer text not null,
  login text not null,
  generation bigint not null,
  began_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index import_open on nightjar.import (consumer) where ended_at is null;

-- A consumer's word that it took a generation; no proof of it. Written by the consumer alone.
create table nightjar.receipt (
  number bigint generated always as identity primary key,
  consumer text not null,
  login text not null,
  generation bigint not null,
  at timestamptz not null default clock_timestamp()
);
create index receipt_latest on nightjar.receipt (consumer, number);

-- A switch that waits: it counts from "until" on in place of its own instant, unless a later switch of the consumer comes
-- first.
create table nightjar.due (
  consumer text not null,
  effective_from timestamptz not null,
  until timestamptz not null,
  why text not null check (why in ('import', 'window', 'standby')),
  import bigint,
  primary key (consumer, effective_from),
  foreign key (consumer, effective_from) references nightjar.switch
);

-- As nightjar.announcement, for one consumer whose waiting switch comes early: written by whoever brings it, so beside
-- that of the runners.
create table nightjar.due_announcement (
  consumer text primary key,
  effective_from timestamptz not null,
  journal bigint not null,
  transaction xid8 not null default pg_current_xact_id()
);

-- The runs that are to publish, from when on what is published counts as stale for whoever asked to be refused then.
create table nightjar.night_begun (
  run bigint primary key references nightjar.run,
  at timestamptz not null default clock_timestamp()
);
create index night_begun_at on nightjar.night_begun (at);
create index switch_by_journal on nightjar.switch (consumer, journal, effective_from);

-- The switch in force for who began at an instant: the latest in the journal's order, since the instant of one that
-- waited may lie behind that of a later one.
create function nightjar.switch_at(who text, began timestamptz) returns nightjar.switch
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  latest nightjar.switch;
begin
  select s.* into latest from nightjar.switch s
    left join nightjar.due d on d.consumer = s.consumer and d.effective_from = s.effective_from
   where s.consumer = who and coalesce(d.until, s.effective_from) <= began
     and (d.until is null or not exists (
       select from nightjar.switch n
        where n.consumer = who and n.journal >= s.journal and n.effective_from > s.effective_from and n.effective_from <= d.until))
   order by s.journal desc, s.effective_from desc limit 1;
  return latest;
end $$;

-- The switches that wait, of all consumers.
create function nightjar.waiting_switches()
returns table (consumer text, effective_from timestamptz, generation bigint, journal bigint, until timestamptz, why text, import bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select s.consumer, s.effective_from, s.generation, s.journal, d.until, d.why, d.import
    from nightjar.due d join nightjar.switch s on s.consumer = d.consumer and s.effective_from = d.effective_from
   where d.until > clock_timestamp() and not exists (
     select from nightjar.switch n
      where n.consumer = s.consumer and n.journal >= s.journal and n.effective_from > s.effective_from and n.effective_from <= d.until)
$$;

create or replace function nightjar.current_generation(who text) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (nightjar.switch_at(who, clock_timestamp())).generation
$$;

-- The end of the import window that an instant lies in; null outside.
create function nightjar.window_end(rule nightjar.reading_rule, instant timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select w.ends
    from generate_series(0, 1) before,
         lateral (select (instant at time zone rule.time_zone)::date - before as day) d,
         lateral (select (d.day + rule.window_from) at time zone rule.time_zone as begins,
                         (d.day + (rule.window_to <= rule.window_from)::int + rule.window_to) at time zone rule.time_zone as ends) w
   where w.begins <= instant and instant < w.ends
   order by w.ends desc limit 1
$$;

-- Until when a consumer's switch of an instant waits, and for what; no row where it does not.
create function nightjar.waits(who text, instant timestamptz) returns table (until timestamptz, why text, import bigint)
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
    -- A second publication in the same import moves its bound no further.
    select least(bound, min(w.until)) into until from nightjar.waiting_switches() w where w.consumer = who and w.import = waits.import;
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

-- Since when what a consumer's switch gave it counts as stale for who began at an instant; null where it does not.
create function nightjar.stale_since(latest nightjar.switch, began timestamptz) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  rule nightjar.reading_rule;
  day date;
  since timestamptz;
begin
  select r.* into rule from nightjar.reading_rule r where r.consumer = latest.consumer;
  if rule.when_stale is distinct from 'refuse' then
    return null;
  end if;
  if rule.deadline is null then
    select max(b.at) into since from nightjar.night_begun b where b.at <= began;
  else
    day := (began at time zone rule.time_zone)::date;
    since := (day + rule.deadline) at time zone rule.time_zone;
    if since > began then
      day := day - 1;
      since := (day + rule.deadline) at time zone rule.time_zone;
    end if;
    if exists (select from nightjar.generation g where g.number = latest.generation and g.as_of >= day) then
      return null;
    end if;
  end if;
  -- What was switched to since was chosen as the best there is; and who has said that it imports reads on to the end.
  if latest.effective_from >= since or exists (
    select from nightjar.import i
     where i.consumer = latest.consumer and i.began_at <= began and (i.ended_at is null or i.ended_at > began))
  then
    return null;
  end if;
  return since;
end $$;

-- Whether a standby is known to have replayed all that was committed before an instant, by the primary's clock.
create function nightjar.has_replayed(instant timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(pg_last_xact_replay_timestamp() >= instant, false) or exists (
    select from pg_stat_get_wal_receiver() r
     where r.status = 'streaming' and r.last_msg_send_time >= instant and r.latest_end_lsn <= pg_last_wal_replay_lsn())
$$;

create or replace function nightjar.reading(wanted text) returns bigint
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare
  who text;
  pinned_by text;
  began timestamptz;
  lag interval;
  latest nightjar.switch;
  since timestamptz;
begin
  if session_user = current_user then
    -- Our own login looks through a consumer's eyes (nightjar read): it says whose.
    who := current_setting('nightjar.read_as', true);
    select 'transaction' into pinned_by from nightjar.consumer c where c.name = who;
  else
    select c.name, c.pin into who, pinned_by
      from nightjar.login l join nightjar.consumer c on c.name = l.consumer where l.login = session_user;
  end if;
  if pinned_by is null then
    raise exception 'the login "%" belongs to no consumer of this warehouse', session_user
      using errcode = 'NJ001', hint = 'Ask the operators of the warehouse to declare this login under a consumer.';
  end if;

  if pinned_by = 'transaction' then
    began := now();
  else
    select a.backend_start into began from pg_stat_get_activity(pg_backend_pid()) a;
    if began is null then
      raise exception 'the beginning of this session cannot be seen'
        using errcode = 'NJ002', hint = 'The owner of nightjar.reading() must be a member of pg_read_all_stats.';
    end if;
  end if;

  if pg_is_in_recovery() then
    select r.standby_lag into lag from nightjar.reading_rule r where r.consumer = who;
    if lag is null then
      raise exception 'consumer "%" is not declared to read a standby', who
        using errcode = 'NJ001', hint = 'Read the warehouse itself, or ask its operators to declare the standby.';
    end if;
    -- A switch that has not come yet would reach this session later: it would read one generation and then another.
    if not nightjar.has_replayed(began - lag) then
      raise exception 'this standby is further behind the warehouse than declared (%)', lag
        using errcode = 'NJ006', hint = 'Try again later, or read the warehouse itself.';
    end if;
  end if;

  if exists (select 1 from nightjar.announcement a
              where a.effective_from <= began and a.effective_from > clock_timestamp() - interval '10 minutes')
    or exists (select 1 from nightjar.due_announcement a
                where a.consumer = who and a.effective_from <= began and a.effective_from > clock_timestamp() - interval '10 minutes')
  then
    raise exception 'a publication is being completed'
      using errcode = 'NJ006', hint = 'Try again in a moment, in a new transaction.';
  end if;

  latest := nightjar.switch_at(who, began);
  if latest.generation is null then
    if exists (select 1 from nightjar.switch s where s.consumer = who) then
      raise exception 'this session began before the first publication for consumer "%"', who
        using errcode = 'NJ003', hint = 'Connect again.';
    end if;
    raise exception 'nothing has been published yet for consumer "%"', who
      using errcode = 'NJ003', hint = 'Wait for the first night.';
  end if;
  if exists (select 1 from nightjar.retirement r where r.generation = latest.generation) then
    raise exception 'generation % is retired: this session has outlived it', latest.generation
      using errcode = 'NJ004', hint = 'Connect again to read the current generation.';
  end if;
  since := nightjar.stale_since(latest, began);
  if since is not null then
    raise exception 'what is published counts as stale for consumer "%" since %', who, since
      using errcode = 'NJ007', hint = 'Connect again after the next publication.';
  end if;
  if wanted is not null and not exists (
    select 1 from nightjar.dataset d where d.generation = latest.generation and d.name = wanted)
  then
    raise exception 'generation % has no dataset "%"', latest.generation, wanted
      using errcode = 'NJ005', hint = 'It was published by a release that did not build it.';
  end if;
  return latest.generation;
end $$;

-- As before, but what consumers brought forward themselves counts for nothing: they could push our instants ahead.
create or replace function nightjar.announce(mine bigint, target bigint, expected bigint, lead interval) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  instant timestamptz;
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  perform nightjar.check_base(target, expected);
  -- Behind every earlier switch, also where the server's clock was set back; in whole milliseconds, as our clients know it.
  select greatest(date_trunc('milliseconds', clock_timestamp() + lead), max(j.effective_from) + interval '1 millisecond')
    into instant from nightjar.journal j;
  insert into nightjar.announcement (effective_from, generation, fence) values (instant, target, mine);
  return instant;
end $$;

-- As before, but the switch of a consumer that is due waits.
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

-- As before, by the switch in force. What waits for a consumer is the latest that was published, and so is kept anyway.
create or replace function nightjar.generations_in_use() returns table (generation bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select distinct coalesce((nightjar.switch_at(c.name,
           case c.pin when 'transaction' then coalesce(a.xact_start, clock_timestamp()) else a.backend_start end)).generation, 0)
    from pg_stat_get_activity(null) a
    join pg_roles r on r.oid = a.usesysid
    join nightjar.login l on l.login = r.rolname
    join nightjar.consumer c on c.name = l.consumer
$$;

-- Brings the waiting switch of one consumer forward, in two transactions as a publication: first announced, then written
-- once the announcement is known to be seen before its instant. Without the fence, whose row a consumer could lock: the
-- journal's order keeps it behind every later publication. Its instant is no whole millisecond, so no runner's is the same.
--
-- Gives the instant; null where nothing waits, or comes as soon by itself.
create function nightjar.announce_due(who text, lead interval) returns timestamptz
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  waiting record;
  lag interval;
  instant timestamptz;
begin
  perform set_config('synchronous_commit', 'on', true);
  select w.* into waiting from nightjar.waiting_switches() w where w.consumer = who order by w.journal desc limit 1;
  if not found then
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

-- Gives false where the announcement was seen too late, or in the same transaction: it is withdrawn.
create function nightjar.switch_due(who text, instant timestamptz) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  announced nightjar.due_announcement;
begin
  perform set_config('synchronous_commit', 'on', true);
  delete from nightjar.due_announcement a where a.consumer = who and a.effective_from = instant returning a.* into announced;
  if announced.consumer is null or announced.transaction = pg_current_xact_id()
    or clock_timestamp() + interval '200 milliseconds' >= instant
  then
    return false;
  end if;
  insert into nightjar.switch (consumer, effective_from, generation, journal)
    select who, instant, w.generation, w.journal from nightjar.waiting_switches() w
     where w.consumer = who and w.journal = announced.journal;
  return true;
end $$;

-- The consumer that asks, for what it may write. Our own login is none.
create function nightjar.consumer_asking() returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  who text;
begin
  select l.consumer into who from nightjar.login l where l.login = session_user;
  if who is null then
    raise exception 'the login "%" belongs to no consumer of this warehouse', session_user
      using errcode = 'NJ001', hint = 'Ask the operators of the warehouse to declare this login under a consumer.';
  end if;
  return who;
end $$;

-- Opens an import in the generation that this session reads; one that was open is given up. Gives its number.
create function nightjar.open_import() returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  who text := nightjar.consumer_asking();
  opened bigint;
begin
  perform set_config('synchronous_commit', 'on', true);
  update nightjar.import i set ended_at = clock_timestamp() where i.consumer = who and i.ended_at is null;
  insert into nightjar.import (consumer, login, generation) values (who, session_user, nightjar.reading(null))
    returning number into opened;
  return opened;
end $$;

-- Whether whoever connects from now on reads what the import reads. Asked in a later transaction than it was opened in:
-- either a publication has seen the import and waits, or its announcement, or its switch, is seen here. Where not, the
-- import is ended.
create function nightjar.confirm_import(opened bigint) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  who text := nightjar.consumer_asking();
  latest record;
begin
  select s.generation, coalesce(d.until, s.effective_from) <= clock_timestamp() as counts into latest
    from nightjar.switch s left join nightjar.due d on d.consumer = s.consumer and d.effective_from = s.effective_from
   where s.consumer = who and (d.import is null or d.import <> opened)
   order by s.journal desc, s.effective_from desc limit 1;
  if latest.counts
    and not exists (select from nightjar.announcement a where a.effective_from > clock_timestamp() - interval '10 minutes')
    and not exists (select from nightjar.due_announcement a where a.consumer = who)
    and exists (select from nightjar.import i where i.number = opened and i.consumer = who and i.generation = latest.generation)
  then
    return true;
  end if;
  update nightjar.import i set ended_at = clock_timestamp() where i.number = opened and i.consumer = who;
  return false;
end $$;

-- Writes the consumer's receipt of a generation (null: that which the session reads), and ends its import. Gives it.
create function nightjar.write_receipt(named bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  who text := nightjar.consumer_asking();
  taken bigint := coalesce(named, nightjar.reading(null));
begin
  perform set_config('synchronous_commit', 'on', true);
  -- One sentence for all: that a generation is not known, not published or another's is not this consumer's to learn.
  if not exists (
    select from nightjar.switch s join nightjar.generation g on g.number = s.generation and g.state in ('published', 'retired')
      left join nightjar.due d on d.consumer = s.consumer and d.effective_from = s.effective_from
     where s.consumer = who and s.generation = taken
       and (coalesce(d.until, s.effective_from) <= clock_timestamp()))
  then
    raise exception 'generation % is none that consumer "%" was given to read', taken, who
      using errcode = 'NJ008', hint = 'A receipt names the generation that was read: the column of this name in the view generation.';
  end if;
  insert into nightjar.receipt (consumer, login, generation) values (who, session_user, taken);
  update nightjar.import i set ended_at = clock_timestamp() where i.consumer = who and i.ended_at is null;
  return taken;
end $$;

-- For the control views: the consumer that asks, or through whose eyes our own login looks.
create function nightjar.consumer_looking() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when session_user = current_user then current_setting('nightjar.read_as', true)
    else (select l.consumer from nightjar.login l where l.login = session_user) end
$$;

-- For the control views: the generation that waits for the consumer that looks, if one does.
create function nightjar.waiting_for_me() returns table (generation bigint, until timestamptz, why text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.generation, nullif(w.until, 'infinity'), w.why from nightjar.waiting_switches() w
   where w.consumer = nightjar.consumer_looking() order by w.journal desc limit 1
$$;

-- The generation of the consumer's last receipt, from which its changes are counted; null where it has none, or none of
-- this dataset: all of it has entered then. Raises where that can no longer be compared.
create function nightjar.changed_since(dataset text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  base bigint;
  former text[];
begin
  select r.generation into base from nightjar.receipt r
    where r.consumer = nightjar.consumer_looking() order by r.number desc limit 1;
  if exists (select from nightjar.retirement r where r.generation = base) then
    raise exception 'generation %, that of the last receipt, is retired: what changed since can no longer be told', base
      using errcode = 'NJ004', hint = 'Read all of it, and acknowledge.';
  end if;
  select d.key_columns into former from nightjar.dataset d where d.generation = base and d.name = changed_since.dataset;
  if former is null then
    return null;
  end if;
  if former <> (select d.key_columns from nightjar.dataset d
                 where d.generation = nightjar.reading(null) and d.name = changed_since.dataset)
  then
    raise exception 'dataset "%" had another key in generation %: what changed since cannot be told', changed_since.dataset, base
      using errcode = 'NJ005', hint = 'Read all of it, and acknowledge.';
  end if;
  return base;
end $$;

revoke all on all functions in schema nightjar from public;
grant execute on function nightjar.as_of(), nightjar.exact(text), nightjar.fold_case(text), nightjar.fold_mysql(text),
  nightjar.strict_bigint(text), nightjar.strict_date(text) to public;
