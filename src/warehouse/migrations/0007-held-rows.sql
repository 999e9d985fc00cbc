-- Rows that broke their contract, and keys that were struck out.

create table nightjar.held_row (
  generation bigint not null references nightjar.generation,
  dataset text not null,
  key jsonb not null,
  -- What it broke: required:COLUMN, fits:COLUMN, readable:RAW TABLE, or the name of a rule.
  rules text[] not null,
  -- The first night of an unbroken row of nights in which it was broken.
  since date not null,
  -- held: its last good version stands in for it. left out: there is none. unfit: its last good version does not satisfy
  -- today's contract. departed: so does it, but its parent has left.
  outcome text not null check (outcome in ('held', 'left out', 'unfit', 'departed')),
  primary key (generation, dataset, key)
);

-- Keys that enter no generation any more. Never deleted.
create table nightjar.erasure (
  dataset text not null,
  key jsonb not null,
  at timestamptz not null default clock_timestamp(),
  reason text not null,
  -- Whose personal token was used.
  person text not null,
  primary key (dataset, key)
);

-- rows = read_rows - left_out_rows, of which held_rows stand in for what was read.
alter table nightjar.dataset
  add column read_rows bigint,
  add column held_rows bigint not null default 0,
  add column left_out_rows bigint not null default 0;
update nightjar.dataset set read_rows = rows;
alter table nightjar.dataset alter column read_rows set not null;
