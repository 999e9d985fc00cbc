-- What the guards said of a candidate, which keys it would take from its readers, and what people decided about it.

-- When all guards had run, and against which published generation.
alter table nightjar.generation
  add column judged_at timestamptz,
  add column judged_against bigint references nightjar.generation;

create table nightjar.judgement (
  generation bigint not null references nightjar.generation,
  -- guard:dataset.subject, as far as it has them: what an approval names.
  name text not null,
  ordinal integer not null,
  guard text not null,
  dataset text,
  subject text,
  -- noted: passed, with something to say.
  verdict text not null check (verdict in ('passed', 'noted', 'failed')),
  sentence text not null,
  found bigint not null,
  allowed bigint not null,
  -- A few keys of the rows concerned; never another value of theirs.
  sample text[] not null default '{}',
  -- To see the rows: in the warehouse, by its owner.
  sql text,
  primary key (generation, name)
);

-- The keys that were in the generation before and are not in this one, and what explains it.
create table nightjar.departure (
  generation bigint not null references nightjar.generation,
  dataset text not null,
  key jsonb not null,
  -- foretold: by the published rows and the date; evidence: by tonight's source; null: by nothing.
  kind text check (kind in ('foretold', 'evidence')),
  reason text,
  -- Whether the source still has what the key stands for; null where the contract does not say how to tell.
  in_source boolean,
  primary key (generation, dataset, key)
);

-- What the guards of the next night compare with.
create table nightjar.measure (
  generation bigint not null references nightjar.generation,
  dataset text not null,
  guard text not null,
  subject text not null,
  -- A value of a coded column or a distribution; empty otherwise, and for a null.
  value text not null default '',
  rows bigint not null,
  -- The rows that could have been among them.
  total bigint not null,
  primary key (generation, dataset, guard, subject, value)
);

-- Who excused which judgement, or discarded a candidate, and why. Never changed, never deleted.
create table nightjar.decision (
  entry bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null check (kind in ('approve', 'reject')),
  generation bigint not null references nightjar.generation,
  -- The published generation that the candidate was judged against: with another the approval is void.
  against bigint references nightjar.generation,
  judgement text,
  reason text not null,
  -- Whose personal token was used.
  person text not null,
  foreign key (generation, judgement) references nightjar.judgement (generation, name),
  check ((kind = 'approve') = (judgement is not null))
);

-- Nothing is published that was not judged, against what is published, and passed or excused: whatever a runner believes.
create function nightjar.journal_only_judged() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  judgement_name text;
begin
  if not exists (select 1 from nightjar.generation g
                  where g.number = new.generation and g.judged_at is not null
                    and g.judged_against is not distinct from new.previous) then
    raise exception 'generation % was not judged against generation %', new.generation, new.previous
      using errcode = 'NJ014';
  end if;
  select j.name into judgement_name from nightjar.judgement j
    where j.generation = new.generation and j.verdict = 'failed' and not exists (
      select 1 from nightjar.decision d
       where d.kind = 'approve' and d.generation = j.generation and d.judgement = j.name
         and d.against is not distinct from new.previous)
    order by j.ordinal limit 1;
  if judgement_name is not null then
    raise exception 'generation % failed its judgement %', new.generation, judgement_name using errcode = 'NJ014';
  end if;
  return new;
end $$;

create trigger journal_only_judged before insert on nightjar.journal
for each row when (new.kind = 'publish') execute function nightjar.journal_only_judged();
alter table nightjar.journal enable always trigger journal_only_judged;

-- As in 0004, and a held candidate too may be switched to: whether it was excused, the journal asks.
create or replace function nightjar.check_base(target bigint, expected bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_generation bigint;
begin
  select j.generation into found_generation from nightjar.journal j where j.kind in ('publish', 'rollback')
    order by j.entry desc limit 1;
  if found_generation is distinct from expected then
    raise exception 'generation % is published, but % was expected', found_generation, expected using errcode = 'NJ012';
  end if;
  if not exists (select 1 from nightjar.generation g
                  where g.number = target and g.state in ('audited', 'held', 'published')) then
    raise exception 'generation % is not there to be read', target using errcode = 'NJ013';
  end if;
  return found_generation;
end $$;

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
  if hold_reason is not null then
    insert into nightjar.hold (reason) values (hold_reason)
      on conflict (only_row) do update set reason = excluded.reason, since = clock_timestamp();
  end if;
  return instant;
end $$;

-- Excuses judgements of a held candidate; only of one that is still to be compared with what is published.
create function nightjar.approve(mine bigint, target bigint, expected bigint, names text[], why text, who text)
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  perform nightjar.check_base(target, expected);
  insert into nightjar.decision (kind, generation, against, judgement, reason, person)
    select 'approve', target, expected, unnest(names), why, who;
end $$;

-- Gives up a held candidate.
create function nightjar.reject(mine bigint, target bigint, expected bigint, why text, who text)
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'on', true);
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  update nightjar.generation g set state = 'discarded' where g.number = target and g.state = 'held';
  if not found then
    raise exception 'generation % is not held', target using errcode = 'NJ013';
  end if;
  insert into nightjar.decision (kind, generation, against, reason, person)
    values ('reject', target, expected, why, who);
end $$;

-- Gives up held candidates that another one has taken the place of.
create function nightjar.discard_held(mine bigint, but bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('lock_timeout', '5s', true);
  perform nightjar.hold_fence(mine);
  update nightjar.generation set state = 'discarded' where state = 'held' and number <> but;
end $$;

revoke all on all functions in schema nightjar from public;
grant execute on function nightjar.as_of(), nightjar.exact(text), nightjar.fold_case(text), nightjar.fold_mysql(text),
  nightjar.strict_bigint(text), nightjar.strict_date(text) to public;
