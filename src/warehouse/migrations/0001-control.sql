-- What an environment's warehouse knows of itself. Owned by Nightjar's role; consumers have rights on nothing here but
-- the function reading().

create table nightjar.fence (
  only_row boolean primary key default true check (only_row),
  number bigint not null default 0,
  holder text,
  held_since timestamptz,
  -- The connection on which the holder keeps its lease: while it lives, so does the holder.
  lease_pid integer,
  lease_began timestamptz
);
insert into nightjar.fence default values;

create table nightjar.run (
  number bigint generated always as identity primary key,
  night date not null,
  release text not null,
  fence bigint not null,
  stage text not null,
  outcome text not null default 'running'
    check (outcome in ('running', 'published', 'rehearsed', 'held', 'failed', 'stopped')),
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  stage_began_at timestamptz not null default clock_timestamp(),
  -- How far the stage has come: rows, bytes, datasets.
  progress jsonb not null default '{}',
  stage_seconds jsonb not null default '{}',
  -- Between the first and the last snapshot of its sources, by our own clock, and what was declared acceptable.
  skew_seconds double precision,
  skew_limit double precision,
  generation bigint,
  error_code text,
  error_sentence text
);

-- One row for each source connection that a run read: the instant and the position of its snapshot.
create table nightjar.snapshot (
  run bigint not null references nightjar.run,
  connection text not null,
  -- By the source's own clock, and by how much that was ahead of ours.
  taken_at timestamptz not null,
  clock_ahead_ms bigint not null,
  position text,
  -- How long the snapshot was open, and how long locks of the source were waited for.
  open_seconds double precision not null,
  lock_seconds double precision not null,
  remarks text[] not null default '{}',
  primary key (run, connection)
);

-- Raw tables are unlogged and empty after a crash, without an error; so what they hold is written down here.
create table nightjar.raw_table (
  run bigint not null references nightjar.run,
  name text not null,
  counted bigint not null,
  received bigint not null,
  bytes bigint not null,
  repairs jsonb not null default '[]',
  primary key (run, name)
);

-- A number can be given twice after a restore; the identity cannot.
create table nightjar.generation (
  number bigint generated always as identity primary key,
  identity uuid not null default gen_random_uuid(),
  run bigint not null references nightjar.run,
  as_of date not null,
  release text not null,
  state text not null check (state in ('building', 'audited', 'published', 'held', 'discarded', 'retired')),
  built_at timestamptz not null default clock_timestamp(),
  published_at timestamptz
);

create table nightjar.dataset (
  generation bigint not null references nightjar.generation,
  name text not null,
  shape text not null,
  rows bigint not null,
  bytes bigint not null,
  digest text not null,
  -- How the digest is made: only digests of one recipe can be compared.
  digest_recipe text not null,
  key_columns text[] not null,
  columns jsonb not null,
  -- Cells of the raw tables behind it that were repaired on the way, by column and kind.
  repairs jsonb not null default '[]',
  primary key (generation, name)
);

-- Each shape (names and types of columns) that a dataset ever had keeps a partitioned table of its own in the store.
create table nightjar.store_table (
  dataset text not null,
  shape text not null,
  name text not null unique,
  ordinal integer not null,
  columns jsonb not null,
  primary key (dataset, shape)
);

-- What each view beside the datasets was made from, so that it is made again only when that changes.
create table nightjar.view (
  dataset text primary key,
  signature text not null
);

create table nightjar.consumer (
  name text primary key,
  pin text not null check (pin in ('session', 'transaction'))
);

create table nightjar.login (
  login text primary key,
  consumer text not null references nightjar.consumer
);

-- What happened to what consumers read. Never changed, never deleted.
create table nightjar.journal (
  entry bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null check (kind in ('publish', 'rollback', 'retire')),
  generation bigint not null references nightjar.generation,
  previous bigint references nightjar.generation,
  run bigint references nightjar.run,
  fence bigint not null,
  transaction xid8 not null default pg_current_xact_id(),
  effective_from timestamptz
);

-- From which instant a consumer reads which generation. Publishing is inserting here.
create table nightjar.switch (
  consumer text not null references nightjar.consumer,
  effective_from timestamptz not null,
  generation bigint not null references nightjar.generation,
  journal bigint not null references nightjar.journal,
  primary key (consumer, effective_from)
);

-- A retired generation is refused by reading() before its rows go: a sentence, never emptiness.
create table nightjar.retirement (
  generation bigint primary key references nightjar.generation,
  at timestamptz not null default clock_timestamp(),
  dropped_at timestamptz
);

-- Set by a rollback that asked for it: the next run does not publish until it is lifted.
create table nightjar.hold (
  only_row boolean primary key default true check (only_row),
  reason text not null,
  since timestamptz not null default clock_timestamp()
);

-- A switch that is on its way, seen by every reader before its instant: who begins after the instant and finds it still
-- here is refused until it is either a switch or withdrawn, and so can never read one generation and then another.
create table nightjar.announcement (
  effective_from timestamptz primary key,
  generation bigint not null references nightjar.generation,
  fence bigint not null
);

-- reading() no longer minds an announcement ten minutes after its instant, whose runner must have died; so nothing may
-- come of one that is half as old. Checked as late as PostgreSQL allows.
create function nightjar.switch_is_in_time() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if clock_timestamp() > new.effective_from + interval '5 minutes' then
    raise exception 'the instant of the switch has been overtaken by its own commit' using errcode = 'NJ010';
  end if;
  return null;
end $$;

create constraint trigger switch_is_in_time after insert on nightjar.switch
deferrable initially deferred for each row execute function nightjar.switch_is_in_time();
-- Whatever session_replication_role a database sets.
alter table nightjar.switch enable always trigger switch_is_in_time;
