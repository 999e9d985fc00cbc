import type { Mutation } from '../mutation.ts';

/** What keeps something from being lost, or kept. */
export const recordMutations: readonly Mutation[] = [
  {
    what: 'the generation in service is not retired',
    file: 'src/warehouse/migrations/0015-late-decisions.sql',
    ...{ old: 'in (l.generation, l.previous)', by: 'in (l.previous)' },
    ...{ test: 'test/publish/old-records.test.ts', named: 'where nobody reads' },
  },
  {
    what: 'records are kept of what is still read',
    file: 'src/publish/old-records.ts',
    ...{ old: 'least(n.latest, t.first)', by: 'n.latest' },
    ...{ test: 'test/publish/old-records.test.ts', named: 'what left since the generation' },
  },
  {
    what: 'a command looks how far the warehouse is',
    file: 'src/cli/open-warehouse.ts',
    ...{ old: 'await requireCurrent(session);', by: '' },
    ...{ test: 'test/cli/key-commands.test.ts', named: 'a warehouse that an older release' },
  },
  {
    what: 'what was struck out enters nothing',
    file: 'src/audit/examine.ts',
    ...{ old: 'if (sql === undefined) return 0;', by: 'return 0;' },
    ...{ test: 'test/cli/key-commands.test.ts', named: 'a key that is struck out' },
  },
  {
    what: 'a row that does not fit is no held row once it was struck out',
    file: 'src/audit/examine.ts',
    ...{ old: 'if (misfits === undefined) return rows;', by: 'return rows;' },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'does not fit its type' },
  },
  {
    what: 'a row that could not be read is no held row once it was struck out',
    file: 'src/audit/broken-rows.ts',
    ...{ old: '` where not ${struckOut.sql}`', by: "''" },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'could not be read' },
  },
  {
    what: 'what was struck out is in no list of repairs',
    file: 'src/audit/data-faults.ts',
    ...{ old: '` where not ${struckOut.sql}`', by: "''" },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'while a candidate is held' },
  },
  {
    what: 'what is struck out goes from the lists',
    file: 'src/publish/erase.ts',
    ...{ old: "['held_row', 'departure', 'data_fault']", by: "['held_row', 'data_fault']" },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'every list' },
  },
  {
    what: 'what is struck out goes from the samples of judgements',
    file: 'src/publish/erase.ts',
    ...{ old: 'array_remove(sample, $2)', by: 'array_remove(sample, null)' },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'every list' },
  },
  {
    what: 'what is struck out goes from the statistics',
    file: 'src/publish/erase.ts',
    ...{ old: 'await forgetStatistics(session, generation, dataset);', by: '' },
    ...{ test: 'test/audit/struck-out.test.ts', named: 'every list' },
  },
  {
    what: 'what was struck out under a former key enters nothing',
    file: 'src/audit/struck-out.ts',
    ...{ old: '...distinct(former).map(', by: '...distinct([]).map(' },
    ...{ test: 'test/audit/struck-out-rekeyed.test.ts', named: 'stays out when the key' },
  },
  {
    what: 'no run goes by what was struck out and cannot be compared',
    file: 'src/audit/examine.ts',
    ...{ old: '[...struckOut.faults, ...examined.faults]', by: 'examined.faults' },
    ...{ test: 'test/audit/struck-out-rekeyed.test.ts', named: 'stays out when the key' },
  },
  {
    what: 'a key struck out is the same in another type',
    file: 'src/audit/key-text.ts',
    ...{ old: 'trim_scale((${json})::numeric)::text', by: "'number'" },
    ...{ test: 'test/audit/struck-out-rekeyed.test.ts', named: 'of another type' },
  },
  {
    what: 'what is struck out goes from generations by a former key, or nothing is',
    file: 'src/publish/generations-with-key.ts',
    ...{ old: 'for (const one of other) {', by: 'for (const one of []) {' },
    ...{ test: 'test/audit/struck-out-rekeyed.test.ts', named: 'by a new key' },
  },
  {
    what: 'a former key that is struck out goes from the lists',
    file: 'src/publish/erase.ts',
    ...{ old: 'of former)', by: 'of former.slice(0, 0))' },
    ...{ test: 'test/audit/struck-out-rekeyed.test.ts', named: 'by a new key' },
  },
  {
    what: 'a consumer is told of what was struck out',
    file: 'src/publish/change-view.ts',
    ...{ old: '      struckOut(schema, dataset),', by: '' },
    ...{ test: 'test/publish/receipts.test.ts', named: 'struck out of the generation' },
  },
  {
    what: 'what a living session reads is not retired',
    file: 'src/warehouse/migrations/0015-late-decisions.sql',
    ...{
      old: 'or exists (select from nightjar.generations_in_use() u where u.generation = target)',
      by: '',
    },
    ...{ test: 'test/publish/retention.test.ts', named: 'a generation goes when no living session' },
  },
  {
    what: 'what somebody has gone back to meanwhile is not retired',
    file: 'src/warehouse/migrations/0015-late-decisions.sql',
    ...{ old: ' and nightjar.kept_for(g.number) is null', by: '' },
    ...{ test: 'test/publish/retention.test.ts', named: 'gone back to since retention' },
  },
];
