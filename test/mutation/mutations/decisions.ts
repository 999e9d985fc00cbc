import type { Mutation } from '../mutation.ts';

const holds = 'test/audit/hold.test.ts';
const departures = 'test/audit/departures.test.ts';
const pace = 'test/audit/pace.test.ts';

/** What judges the guards, and what decides upon them. */
export const decisionMutations: readonly Mutation[] = [
  {
    what: 'a guard that cannot be read has failed',
    file: 'src/audit/plain-judgements.ts',
    ...{
      old: "dataset, subject: undefined, verdict: 'failed', found: 0",
      by: "dataset, subject: undefined, verdict: 'passed', found: 0",
    },
    ...{ test: departures, named: 'a reason that cannot be read' },
  },
  {
    what: 'a guard that asks for what left, and cannot be told, has failed',
    file: 'src/audit/guards/parents.ts',
    ...{
      old: 'return untold(`which rows of ${parent.name} left could not be told`);',
      by: 'return told(context, reference, none);',
    },
    ...{ test: departures, named: 'what asks for departures that cannot be read' },
  },
  {
    what: 'a guard whose measures cannot be read has failed',
    file: 'src/audit/judge-dataset.ts',
    ...{ old: 'unmeasured = measuredGuards(dataset.contract);', by: '' },
    ...{ test: 'test/audit/guards.test.ts', named: 'one measure that cannot be read' },
  },
  {
    what: 'limits grow by days, not by hand',
    file: 'src/audit/allowance.ts',
    ...{ old: 'Math.min(Math.max(days, 1), mostDays)', by: '1' },
    ...{ test: departures, named: 'after days without' },
  },
  {
    what: 'limits never grow to everything',
    file: 'src/audit/allowance.ts',
    ...{ old: 'Math.min(usual * growth, Math.max(usual, total * mostGrown))', by: 'usual * growth' },
    ...{ test: departures, named: 'a loss that lasts' },
  },
  {
    what: 'an empty text is a value',
    file: 'src/audit/guards/codes.ts',
    ...{ old: 'value !== null && !known', by: "value !== null && value !== '' && !known" },
    ...{ test: 'test/audit/empty-text.test.ts', named: 'an empty text is a value' },
  },
  {
    what: 'a former key that hides a departure',
    file: 'src/audit/guards/departures.ts',
    ...{ old: ' || hidden > 0', by: '' },
    ...{ test: departures, named: 'a former key that several rows give' },
  },
  {
    what: 'a dataset that comes back is judged',
    file: 'src/audit/judge.ts',
    ...{ old: 'former.get(name) ?? base;', by: 'former.get(name.slice(1)) ?? base;' },
    ...{ test: 'test/audit/returned-dataset.test.ts', named: 'a dataset that comes back' },
  },
  {
    what: 'an extract that is too fast',
    file: 'src/audit/guards/pace.ts',
    ...{ old: 'less > mayBeLess', by: 'less < 0' },
    ...{ test: pace, named: 'in far less time' },
  },
  {
    what: 'the pace of before an approval or a rollback',
    file: 'src/audit/guards/pace.ts',
    ...{
      old: "where j.kind in ('publish', 'rollback') and j.entry >=",
      by: 'where j.entry > 0 or j.entry >=',
    },
    ...{ test: pace, named: 'after an approval of it' },
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
    what: 'only what was published is gone back to',
    file: 'src/warehouse/migrations/0011-boundaries.sql',
    ...{
      old: "if not exists (select from nightjar.journal j where j.kind = 'publish'",
      by: "if false and not exists (select from nightjar.journal j where j.kind = 'publish'",
    },
    ...{ test: holds, named: 'a held candidate cannot be gone back to' },
  },
  {
    what: 'an approval is for what was published then',
    file: 'src/night/still-meant.ts',
    ...{ old: '(published ?? null) === against && !switchedSince', by: 'judged >= today' },
    ...{ test: holds, named: 'an approval is void' },
  },
  {
    what: 'an approval does not outlive another publication',
    file: 'src/night/still-meant.ts',
    ...{ old: ' && !switchedSince)', by: ')' },
    ...{ test: holds, named: 'an approval is void' },
  },
  {
    what: 'an approval is for the day of its judgement',
    file: 'src/night/still-meant.ts',
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
    what: 'a hold after a rollback',
    file: 'src/night/run-night.ts',
    ...{ old: 'await refuseWhereHeld(session);', by: '' },
    ...{ test: 'test/publish/retention.test.ts', named: 'going back moves everyone' },
  },
];
