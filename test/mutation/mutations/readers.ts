import type { Mutation } from '../mutation.ts';

const readers = 'src/warehouse/migrations/0006-readers.sql';

/** What a reader is refused rather than told something wrong. */
export const readerMutations: readonly Mutation[] = [
  {
    what: 'a publication waits for an import',
    file: 'src/warehouse/migrations/0010-broken-off.sql',
    ...{
      old: 'cross join lateral nightjar.waits(c.name, instant) w;\n  if hold_reason',
      by: 'cross join lateral nightjar.waits(c.name, instant) w where false;\n  if hold_reason',
    },
    ...{ test: 'test/publish/imports.test.ts', named: 'what an import reads over several' },
  },
  {
    what: 'nobody reads while a switch is being completed',
    file: readers,
    ...{
      old: "where a.effective_from <= began and a.effective_from > clock_timestamp() - interval '10 minutes')\n    or exists",
      by: 'where false)\n    or exists',
    },
    ...{ test: 'test/publish/slow-commit.test.ts', named: 'the commit of a switch' },
  },
  {
    what: 'a login that belongs to nobody',
    file: readers,
    ...{ old: 'if pinned_by is null then', by: 'if false then' },
    ...{ test: 'test/publish/reading.test.ts', named: 'whoever cannot be told' },
  },
  {
    what: 'a retired generation is refused, not empty',
    file: readers,
    ...{ old: 'where r.generation = latest.generation) then', by: 'where false) then' },
    ...{ test: 'test/publish/reading.test.ts', named: 'whoever cannot be told' },
  },
  {
    what: 'what is stale, where it was asked',
    file: readers,
    ...{ old: "if rule.when_stale is distinct from 'refuse' then", by: 'if true then' },
    ...{ test: 'test/publish/stale.test.ts', named: 'who asked for it' },
  },
  {
    what: 'a dataset that the generation has not',
    file: readers,
    ...{ old: 'if wanted is not null and not exists (', by: 'if false and not exists (' },
    ...{ test: 'test/publish/reading.test.ts', named: 'a dataset that is new' },
  },
  {
    what: 'a standby that lags',
    file: readers,
    ...{ old: 'if not nightjar.has_replayed(began - lag) then', by: 'if false then' },
    ...{ test: 'test/publish/standby.test.ts', named: 'who reads a standby' },
  },
  {
    what: 'a receipt is of what was given',
    file: readers,
    ...{ old: 'where s.consumer = who and s.generation = taken\n', by: 'where true\n' },
    ...{ test: 'test/publish/receipts.test.ts', named: 'a receipt names' },
  },
  {
    what: 'an import is confirmed only where every publication has seen it',
    file: readers,
    ...{ old: 'if latest.counts\n', by: 'if true or latest.counts\n' },
    ...{ test: 'test/publish/import-races.test.ts', named: 'is not confirmed' },
  },
  {
    what: "no condition of a reader's is asked of another generation's rows",
    file: 'src/publish/row-policy.ts',
    ...{ old: ' force row level security`', by: ' no force row level security`' },
    ...{ test: 'test/publish/other-generations.test.ts', named: "no condition of a reader's" },
  },
  {
    what: 'a consumer in the way of a step of the control schema',
    file: 'src/warehouse/migrate.ts',
    ...{ old: 'await despiteReaders(', by: 'await (async (...all) => all[2]())(' },
    ...{ test: 'test/publish/migrate.test.ts', named: 'stops no step of the control schema' },
  },
  {
    what: 'only consumers in the way are ended',
    file: 'src/warehouse/lock-holders.ts',
    ...{ old: 'where w.pid = $1 and not w.granted and h.pid = a.pid and h.granted)', by: ')' },
    ...{ test: 'test/publish/migrate.test.ts', named: 'who only waits in the same queue' },
  },
  {
    what: 'a consumer that comes again is behind us in the queue',
    file: 'src/warehouse/despite-readers.ts',
    ...{ old: 'const holders = await endHolders(other, session.backendPid);', by: 'const holders = [];' },
    ...{ test: 'test/publish/hostile.test.ts', named: 'nothing that a consumer does' },
  },
  {
    what: 'the generation of the last receipt is compared with by nobody but a function',
    file: 'src/publish/change-view.ts',
    ...{ old: 'stable security definer parallel', by: 'stable security invoker parallel' },
    ...{
      test: 'test/publish/other-generations.test.ts',
      named: 'nor of those of the generation of its last',
    },
  },
  {
    what: 'a comparison of datasets that are not granted',
    file: 'src/publish/change-view.ts',
    ...{ old: '    and $1\n', by: '' },
    ...{ test: 'test/publish/receipts.test.ts', named: 'change tells what entered' },
  },
  {
    what: 'a generation whose key is not seen as it is told is not compared',
    file: 'src/publish/change-view.ts',
    ...{
      old: 'columns.every((column) => showsColumn(table, column))',
      by: "columns.length > 0 && table.name !== ''",
    },
    ...{ test: 'test/publish/receipts.test.ts', named: 'where a column of the key had another type' },
  },
  {
    what: 'nobody reads on in a schema that was renamed',
    file: 'src/night/publish-candidate.ts',
    ...{ old: 'await dropFormerViews(session, schema, stored, fence);', by: '' },
    ...{ test: 'test/publish/renamed-schema.test.ts', named: 'in the renamed schema and in no other' },
  },
  {
    what: 'a view that somebody dropped is made again',
    file: 'src/publish/views.ts',
    ...{ old: 'dataset = $1 and to_regclass($2) is not null', by: 'dataset = $1 and $2::text is not null' },
    ...{ test: 'test/publish/columns.test.ts', named: 'that somebody dropped' },
  },
];
