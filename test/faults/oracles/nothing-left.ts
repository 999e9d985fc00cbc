import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresAddress } from '../../harness/address.ts';
import { inPostgres } from '../../harness/databases.ts';
import type { TestWarehouse } from '../../harness/warehouse.ts';

/** Where a night reads and where it publishes. */
export interface BothDatabases {
  readonly warehouse: Pick<TestWarehouse, 'asSuperuser'>;
  readonly source: PostgresAddress & { readonly database: string };
}

/** What must not be there when no run is at work; each line names what is. */
const leftSql = `
  select 'schema ' || nspname as left from pg_namespace where nspname ~ '^raw_[0-9]+$'
  union all
  select 'schema ' || n.nspname || ' of a generation that is ' || coalesce(g.state, 'not known')
    from pg_namespace n left join nightjar.generation g on 'generation_' || g.number = n.nspname
   where n.nspname ~ '^generation_[0-9]+$' and g.state is distinct from 'published'
  union all
  select 'published generation ' || g.number || ' has no table or none attached for ' || d.name
    from nightjar.generation g join nightjar.dataset d on d.generation = g.number
    left join pg_inherits i on i.inhrelid = to_regclass(format('generation_%s.%I', g.number, d.name))
   where g.state = 'published' and i.inhrelid is null
  union all
  select 'published generation ' || g.number || ' has no dataset' from nightjar.generation g
   where g.state = 'published' and not exists (select from nightjar.dataset d where d.generation = g.number)
  union all
  select 'measures of generation ' || g.number || ', which is ' || g.state from nightjar.generation g
   where g.state in ('retired', 'discarded') and exists (select from nightjar.measure m where m.generation = g.number)
  union all
  select 'published generation ' || g.number || ' has no measures' from nightjar.generation g
   where g.state = 'published' and exists (select from nightjar.measure)
     and not exists (select from nightjar.measure m where m.generation = g.number)
  union all
  select 'half-detached partition ' || inhrelid::regclass from pg_inherits where inhdetachpending
  union all
  select 'attached partition ' || c.oid::regclass || ' of a generation that is ' || coalesce(g.state, 'not known')
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class p on p.oid = i.inhparent and p.relkind = 'p'
    left join nightjar.generation g on 'generation_' || g.number = n.nspname
   where n.nspname <> 'nightjar_store' and g.state is distinct from 'published'
  union all
  select 'invalid index ' || indexrelid::regclass from pg_index where not indisvalid
  union all
  select 'announcement of ' || effective_from from nightjar.announcement
  union all
  select 'lease of ' || holder from nightjar.fence where holder is not null or lease_pid is not null
  union all
  select 'prepared transaction ' || gid from pg_prepared_xacts where database = current_database()
  union all
  select 'session ' || application_name || ' (' || state || ')' from pg_stat_activity
   where datname = current_database() and application_name like 'nightjar%'
  union all
  select 'advisory lock of ' || pid from pg_locks
   where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
  union all
  select 'run ' || number || ' without an end' from nightjar.run where outcome = 'running' or ended_at is null
  union all
  select 'run ' || r.number || ' recorded as ' || r.outcome || ', the journal says otherwise' from nightjar.run r
   where (r.outcome = 'published') <> exists (select from nightjar.journal j where j.run = r.number and j.kind = 'publish')
  union all
  select 'run ' || number || ' ' || outcome || ' without a code' from nightjar.run
   where outcome in ('failed', 'held', 'stopped') and (error_code is null or error_sentence is null)
  union all
  select 'journal entry ' || j.entry || ' without a switch for ' || c.name
    from nightjar.journal j cross join nightjar.consumer c
   where j.kind in ('publish', 'rollback')
     and not exists (select from nightjar.switch s where s.journal = j.entry and s.consumer = c.name)
  union all
  select 'journal entry ' || j.entry || ' for generation ' || g.number || ', which is ' || g.state
    from nightjar.journal j join nightjar.generation g on g.number = j.generation
   where j.kind in ('publish', 'rollback') and g.state not in ('published', 'retired')
  union all
  select 'generation ' || g.number || ' ' || g.state || ' without a journal entry' from nightjar.generation g
   where g.state in ('published', 'retired') and not exists (select from nightjar.journal j where j.generation = g.number)`;

/**
 * What a fault and the run after it left behind, in the warehouse and in the source, in words. A connection that was
 * closed is in a server's list for a moment longer, so that what is found is looked for again, a few seconds long.
 */
export async function left(shop: BothDatabases): Promise<readonly string[]> {
  const until = Date.now() + 5_000;
  for (;;) {
    const found = [...(await inWarehouse(shop)), ...(await inSource(shop))];
    if (found.length === 0 || Date.now() > until) return found;
    await sleep(20);
  }
}

async function inWarehouse(shop: BothDatabases): Promise<readonly string[]> {
  return shop.warehouse.asSuperuser(async (client) => {
    const { rows } = await client.query<{ left: string }>(leftSql);
    return rows.map((row) => row.left);
  });
}

async function inSource(shop: BothDatabases): Promise<readonly string[]> {
  return inPostgres(shop.source, async (client) => {
    const { rows } = await client.query<{ left: string }>(
      `select 'session in the source: ' || state as left from pg_stat_activity
        where datname = current_database() and application_name like 'nightjar%'`,
    );
    return rows.map((row) => row.left);
  });
}

/** Ends what sessions were left, so that one fault is not found again after the next. */
export async function endSessions(shop: BothDatabases): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and application_name like 'nightjar%'`,
    ),
  );
}
