/** A guard, a fence or a gate, taken out; and the tests that should see it. */
export interface Mutation {
  /** What is taken out. */
  readonly what: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly old: string;
  readonly by: string;
  readonly test: string;
  /** Of the names of its tests. */
  readonly named: string;
}

const guards = 'test/audit/guards.test.ts';
const holds = 'test/audit/hold.test.ts';
const departures = 'test/audit/departures.test.ts';

export const mutations: readonly Mutation[] = [
  {
    what: 'guard empty',
    file: 'src/audit/guards/empty.ts',
    ...{ old: 'const emptied = after.rows === 0 && before.rows > 0;', by: 'const emptied = false;' },
    ...{ test: holds, named: 'an approval excuses exactly' },
  },
  {
    what: 'guard departures',
    file: 'src/audit/guards/departures.ts',
    ...{ old: "const verdict = found > allowed ? 'failed'", by: "const verdict = found < 0 ? 'failed'" },
    ...{ test: departures, named: 'keys that leave' },
  },
  {
    what: 'guard parents',
    file: 'src/audit/guards/parents.ts',
    ...{ old: "verdict: found > allowed ? 'failed'", by: "verdict: found < 0 ? 'failed'" },
    ...{ test: guards, named: 'the guard parents' },
  },
  {
    what: 'guard rekeyed',
    file: 'src/audit/guards/rekeyed.ts',
    ...{ old: "verdict: found > allowed ? 'failed'", by: "verdict: found < 0 ? 'failed'" },
    ...{ test: guards, named: 'the guard rekeyed' },
  },
  {
    what: 'guards nulls, orphans, coverage and faults',
    file: 'src/audit/guards/rates.ts',
    ...{ old: 'const failed = found > allowed;', by: 'const failed = found < 0;' },
    ...{ test: guards, named: 'the guard (nulls|orphans|coverage|faults)' },
  },
  {
    what: 'guard codes',
    file: 'src/audit/guards/codes.ts',
    ...{ old: 'const failed = found > allowed;', by: 'const failed = found < 0;' },
    ...{ test: guards, named: 'the guard codes' },
  },
  {
    what: 'guard distribution',
    file: 'src/audit/guards/distribution.ts',
    ...{ old: 'loss.before - loss.after > loss.allowed', by: 'loss.before < 0' },
    ...{ test: guards, named: 'the guard distribution' },
  },
  {
    what: 'guard pace',
    file: 'src/audit/guards/pace.ts',
    ...{ old: 'const tooFew = tonight.rows < rows * smallest;', by: 'const tooFew = false;' },
    ...{ test: guards, named: 'far less than the nights before' },
  },
  {
    what: 'guard held_rows',
    file: 'src/audit/guards/held-rows.ts',
    ...{ old: 'found > allowed || unfit > 0', by: 'found < 0' },
    ...{ test: 'test/audit/held-rows.test.ts', named: 'a last version that lacks' },
  },
  {
    what: 'guard first',
    file: 'src/audit/plain-judgements.ts',
    ...{ old: "verdict: first ? 'noted' : 'failed',", by: "verdict: 'noted'," },
    ...{ test: holds, named: 'a first generation waits' },
  },
  {
    what: 'guard gone',
    file: 'src/audit/judge.ts',
    ...{ old: '...gone(before, datasets),', by: '' },
    ...{ test: 'test/publish/columns.test.ts', named: 'columns and datasets that change' },
  },
  {
    what: 'a guard that cannot be read has failed',
    file: 'src/audit/plain-judgements.ts',
    ...{
      old: "subject: undefined, verdict: 'failed', found: 0",
      by: "subject: undefined, verdict: 'passed', found: 0",
    },
    ...{ test: departures, named: 'a reason that cannot be read' },
  },
  {
    what: 'limits grow by days, not by hand',
    file: 'src/audit/allowance.ts',
    ...{ old: 'Math.min(Math.max(days, 1), mostDays)', by: '1' },
    ...{ test: departures, named: 'after days without' },
  },
  {
    what: 'a loosened guard is loose up to its last night',
    file: 'src/audit/allowance.ts',
    ...{ old: 'asOf <= loosened.until', by: "asOf !== ''" },
    ...{ test: departures, named: 'a guard loosened by hand' },
  },
  {
    what: 'what failed is held',
    file: 'src/night/decide.ts',
    ...{ old: 'if (failed.length === 0) return;', by: 'return;' },
    ...{ test: departures, named: 'keys that leave' },
  },
  {
    what: 'the journal takes only what was judged',
    file: 'src/warehouse/migrations/0005-judgements.sql',
    ...{ old: 'if judgement_name is not null then', by: 'if false then' },
    ...{ test: holds, named: 'whatever a runner believes' },
  },
  {
    what: 'an approval is for what was published then',
    file: 'src/night/decide-held.ts',
    ...{ old: 'if ((published ?? null) !== against)', by: 'if (published === -1)' },
    ...{ test: holds, named: 'an approval is void' },
  },
  {
    what: 'an approval is for its night',
    file: 'src/night/decide-held.ts',
    ...{ old: 'if (judged < today)', by: "if (judged === '')" },
    ...{ test: holds, named: 'an approval is void' },
  },
  {
    what: 'an approval carries the name of a token',
    file: 'src/cli/person.ts',
    ...{
      old: 'people.find((one) => one.tokenDigest === digest)',
      by: 'people.find((one) => digest !== one.name)',
    },
    ...{ test: 'test/cli/hold-command.test.ts', named: 'what the guards hold' },
  },
  {
    what: 'fence',
    file: 'src/warehouse/migrations/0004-publish.sql',
    ...{
      old: 'update nightjar.fence set number = number where number = mine;',
      by: 'update nightjar.fence set number = number;',
    },
    ...{ test: 'test/publish/switch.test.ts', named: 'only who holds the fence' },
  },
  {
    what: 'only over the base that it was judged against',
    file: 'src/warehouse/migrations/0005-judgements.sql',
    ...{ old: 'if found_generation is distinct from expected then', by: 'if false then' },
    ...{ test: 'test/publish/rollback.test.ts', named: 'going back (waits|from what)' },
  },
  {
    what: 'no switch whose commit took minutes',
    file: 'src/warehouse/migrations/0001-control.sql',
    ...{ old: "if clock_timestamp() > new.effective_from + interval '5 minutes' then", by: 'if false then' },
    ...{ test: 'test/publish/switch.test.ts', named: 'a switch whose commit takes minutes' },
  },
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
    what: 'a night withdraws what was announced and broken off',
    file: 'src/warehouse/migrations/0010-broken-off.sql',
    ...{
      old: 'where a.consumer in (select d.consumer',
      by: 'where false and a.consumer in (select d.consumer',
    },
    ...{ test: 'test/publish/broken-off.test.ts', named: 'is overtaken by the next night' },
  },
  {
    what: 'the generation in service is not retired',
    file: 'src/publish/retention.ts',
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
    ...{ old: 'if (any === undefined) return 0;', by: 'return 0;' },
    ...{ test: 'test/cli/key-commands.test.ts', named: 'a key that is struck out' },
  },
  {
    what: 'raw rows that are lost are missed',
    file: 'src/night/read-sources.ts',
    ...{ old: 'await compareRawTables(session, run);', by: '' },
    ...{ test: 'test/night/crashed-warehouse.test.ts', named: 'a raw table that lost its rows' },
  },
];
