-- Which generation a consumer reads. Called once a query, by the views, with the rights of Nightjar's own role; who
-- asks is the session's login, which SET ROLE does not change.

create function nightjar.reading(wanted text) returns bigint
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp as $$
declare
  who text;
  pinned_by text;
  began timestamptz;
  found_generation bigint;
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

  if exists (select 1 from nightjar.announcement a
              where a.effective_from <= began and a.effective_from > clock_timestamp() - interval '10 minutes') then
    raise exception 'a publication is being completed'
      using errcode = 'NJ006', hint = 'Try again in a moment, in a new transaction.';
  end if;

  select s.generation into found_generation from nightjar.switch s
    where s.consumer = who and s.effective_from <= began order by s.effective_from desc limit 1;
  if found_generation is null then
    if exists (select 1 from nightjar.switch s where s.consumer = who) then
      raise exception 'this session began before the first publication for consumer "%"', who
        using errcode = 'NJ003', hint = 'Connect again.';
    end if;
    raise exception 'nothing has been published yet for consumer "%"', who
      using errcode = 'NJ003', hint = 'Wait for the first night.';
  end if;
  if exists (select 1 from nightjar.retirement r where r.generation = found_generation) then
    raise exception 'generation % is retired: this session has outlived it', found_generation
      using errcode = 'NJ004', hint = 'Connect again to read the current generation.';
  end if;
  if wanted is not null and not exists (
    select 1 from nightjar.dataset d where d.generation = found_generation and d.name = wanted)
  then
    raise exception 'generation % has no dataset "%"', found_generation, wanted
      using errcode = 'NJ005', hint = 'It was published by a release that did not build it.';
  end if;
  return found_generation;
end $$;
comment on function nightjar.reading(text) is 'The generation that this session (or transaction) reads; raises rather than return nothing.';
revoke all on function nightjar.reading(text) from public;
