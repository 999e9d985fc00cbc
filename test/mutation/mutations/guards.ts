import type { Guard } from '../../../src/audit/judgement.ts';
import type { Mutation } from '../mutation.ts';

const guards = 'test/audit/guards.test.ts';
const holds = 'test/audit/hold.test.ts';
const departures = 'test/audit/departures.test.ts';
const judging = 'src/audit/judge-dataset.ts';

/** Each guard there is. */
const byGuard: Readonly<Record<Guard, Omit<Mutation, 'what'>>> = {
  first: {
    file: 'src/audit/plain-judgements.ts',
    ...{ old: "verdict: first ? 'noted' : 'failed',", by: "verdict: 'noted'," },
    ...{ test: holds, named: 'a first generation waits' },
  },
  gap: {
    file: 'src/audit/judge.ts',
    ...{ old: '...gap(base.nights),', by: '' },
    ...{ test: departures, named: 'after days without' },
  },
  gone: {
    file: 'src/audit/judge.ts',
    ...{ old: '...gone(base, datasets),', by: '' },
    ...{ test: 'test/publish/columns.test.ts', named: 'columns and datasets that change' },
  },
  measures: {
    file: judging,
    ...{
      old: "found.push(unreadable('measures', dataset.name, error));\n    unmeasured",
      by: 'unmeasured',
    },
    ...{ test: guards, named: 'what cannot be measured' },
  },
  pace: {
    file: 'src/audit/guards/pace.ts',
    ...{ old: 'const tooFew = found > allowed ||', by: 'const tooFew =' },
    ...{ test: 'test/audit/pace.test.ts', named: 'far less of one table' },
  },
  empty: {
    file: 'src/audit/guards/empty.ts',
    ...{ old: 'const emptied = after.rows === 0 && before.rows > 0;', by: 'const emptied = false;' },
    ...{ test: holds, named: 'an approval excuses exactly' },
  },
  held_rows: {
    file: 'src/audit/guards/held-rows.ts',
    ...{ old: 'found > allowed || unfit > 0', by: 'found < 0' },
    ...{ test: 'test/audit/held-rows.test.ts', named: 'a last version that lacks' },
  },
  departures: {
    file: 'src/audit/guards/departures.ts',
    ...{ old: 'const verdict = found > allowed ||', by: 'const verdict =' },
    ...{ test: departures, named: 'keys that leave' },
  },
  parents: {
    file: 'src/audit/guards/parents.ts',
    ...{ old: "verdict: found > allowed ? 'failed'", by: "verdict: found < 0 ? 'failed'" },
    ...{ test: guards, named: 'the guard parents' },
  },
  rekeyed: {
    file: 'src/audit/guards/rekeyed.ts',
    ...{ old: "verdict: found > allowed ? 'failed'", by: "verdict: found < 0 ? 'failed'" },
    ...{ test: guards, named: 'the guard rekeyed' },
  },
  nulls: {
    file: judging,
    ...{ old: "['nulls', judgeNulls],", by: '' },
    ...{ test: guards, named: 'the guard nulls' },
  },
  orphans: {
    file: judging,
    ...{ old: "['orphans', judgeOrphans],", by: '' },
    ...{ test: guards, named: 'the guard orphans' },
  },
  codes: {
    file: 'src/audit/guards/codes.ts',
    ...{ old: 'const failed = found > allowed;', by: 'const failed = found < 0;' },
    ...{ test: guards, named: 'the guard codes' },
  },
  distribution: {
    file: 'src/audit/guards/distribution.ts',
    ...{ old: 'loss.before - loss.after > loss.allowed', by: 'loss.before < 0' },
    ...{ test: guards, named: 'the guard distribution' },
  },
  coverage: {
    file: judging,
    ...{ old: "['coverage', judgeCoverage],", by: '' },
    ...{ test: guards, named: 'the guard coverage' },
  },
  faults: {
    file: judging,
    ...{ old: "['faults', judgeFaults],", by: '' },
    ...{ test: guards, named: 'the guard faults' },
  },
};

export const guardMutations: readonly Mutation[] = Object.entries(byGuard).map(([guard, mutation]) => ({
  what: `guard ${guard}`,
  ...mutation,
}));
