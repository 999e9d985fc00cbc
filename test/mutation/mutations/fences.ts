import type { Mutation } from '../mutation.ts';

/** What keeps one runner from doing what only another may, or what is too late. */
export const fenceMutations: readonly Mutation[] = [
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
    file: 'src/warehouse/migrations/0011-boundaries.sql',
    ...{
      old: "if clock_timestamp() > new.effective_from + interval '5 minutes' and not exists (",
      by: 'if false and not exists (',
    },
    ...{ test: 'test/publish/switch.test.ts', named: 'a switch whose commit takes minutes' },
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
    what: 'fence of what readers read through',
    file: 'src/publish/fenced.ts',
    ...{ old: "await fenced(session, during, fence, 'select nightjar.hold_fence($1)', [fence]);", by: '' },
    ...{ test: 'test/publish/rollback.test.ts', named: 'a runner that lost its lease' },
  },
  {
    what: 'one runner at a time',
    file: 'src/warehouse/migrations/0004-publish.sql',
    ...{ old: 'where f.lease_pid is null or not exists (', by: 'where true or not exists (' },
    ...{ test: 'test/publish/lease.test.ts', named: 'who holds a lease' },
  },
  {
    what: 'a runner cleans up after itself alone',
    file: 'src/night/clean-up.ts',
    ...{
      old: 'await dropRaw(session, rawSchemaName(run));\n  await',
      by: 'await dropOldRaw(session, undefined);\n  await',
    },
    ...{ test: 'test/night/two-runners.test.ts', named: 'a runner that lost its lease' },
  },
  {
    what: 'a lost answer is looked up',
    file: 'src/publish/publish.ts',
    ...{ old: 'const instant = await settle(session, request, sent);', by: 'const instant = undefined;' },
    ...{ test: 'test/publish/lost-answer.test.ts', named: 'is looked up, not guessed' },
  },
  {
    what: 'a refused switch is withdrawn, whatever it was refused for',
    file: 'src/publish/publish.ts',
    ...{ old: 'if (code !== undefined)\n', by: 'if (code === tooLate)\n' },
    ...{ test: 'test/publish/lost-answer.test.ts', named: 'keeps nobody from reading' },
  },
  {
    what: 'a lost answer is looked up for the very switch',
    file: 'src/publish/settle.ts',
    ...{ old: "sent ?? '-infinity'", by: 'null' },
    ...{ test: 'test/publish/lost-answer.test.ts', named: 'is not taken for an earlier one' },
  },
  {
    what: 'a login that is no role is found before the night',
    file: 'src/night/run-night.ts',
    ...{ old: '  await requireLogins(session, environment.consumers);\n', by: '' },
    ...{ test: 'test/warehouse/faults.test.ts', named: 'a login that is no role of the server' },
  },
];
