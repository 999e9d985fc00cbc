-- What those who can mend the source are told of a night: rows with a fault, by what is wrong with them.

create table nightjar.data_fault (
  generation bigint not null references nightjar.generation,
  dataset text not null,
  -- held:RULE, left out:RULE, orphan:REFERENCE, repaired:RAW TABLE, or the name of a fault that the contract declares.
  fault text not null,
  key jsonb not null,
  -- Who can mend it, as the contract says; null where that is not known.
  office text,
  -- The first night of an unbroken row of nights that had it.
  since date not null,
  primary key (generation, dataset, fault, key)
);

-- How many there were of each, also where not every one is listed.
create table nightjar.data_fault_count (
  generation bigint not null references nightjar.generation,
  dataset text not null,
  fault text not null,
  rows bigint not null,
  primary key (generation, dataset, fault)
);
