-- The functions that a dataset's SQL may call. All in one line of SQL, so that the planner can see through them.

create function nightjar.as_of() returns date
language sql stable parallel safe as $$ select pg_catalog.current_setting('nightjar.as_of')::pg_catalog.date $$;
comment on function nightjar.as_of() is 'The date of the night: the only date a dataset knows.';

create function nightjar.exact(value text) returns text
language sql immutable parallel safe as $$ select value $$;
comment on function nightjar.exact(text) is 'States that a join compares letter for letter.';

create function nightjar.fold_case(value text) returns text
language sql immutable parallel safe as $$ select pg_catalog.lower(pg_catalog.btrim(value)) $$;
comment on function nightjar.fold_case(text) is 'For comparing without regard to letter case or blanks at either end.';

create function nightjar.fold_mysql(value text) returns text
language sql immutable parallel safe as $$
  select pg_catalog.rtrim(pg_catalog.regexp_replace(
    pg_catalog.normalize(pg_catalog.lower(value), 'NFD'), U&'[\0300-\036F]', '', 'g'))
$$;
comment on function nightjar.fold_mysql(text) is
  'For comparing as MySQL''s utf8_general_ci does: without regard to letter case, accents or trailing blanks.';

create function nightjar.strict_bigint(value text) returns bigint
language sql immutable parallel safe as $$
  select case
    when value ~ '^-?[0-9]{1,18}$' then value::pg_catalog.int8
    when value ~ '^-?[0-9]{19}$' and value::pg_catalog.numeric between -9223372036854775808 and 9223372036854775807
      then value::pg_catalog.int8
  end
$$;
comment on function nightjar.strict_bigint(text) is 'The number a text holds: digits only, within bigint; otherwise null.';

create function nightjar.strict_date(value text) returns date
language sql immutable parallel safe as $$
  select case
    when value ~ '^[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])$|^[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)$|^[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])$|^([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29$'
      and value !~ '^0000'
      then pg_catalog.make_date(
        pg_catalog.substr(value, 1, 4)::pg_catalog.int4,
        pg_catalog.substr(value, 6, 2)::pg_catalog.int4,
        pg_catalog.substr(value, 9, 2)::pg_catalog.int4)
  end
$$;
comment on function nightjar.strict_date(text) is 'The date a text holds: yyyy-mm-dd, in the calendar; otherwise null.';
