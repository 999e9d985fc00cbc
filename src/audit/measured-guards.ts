import type { Contract } from '../pipeline/contract.ts';
import { subjectsOf, type MeasuredGuard } from './measures.ts';

/** The guards that compare measures and that a contract gives something to compare. */
export function measuredGuards(contract: Contract): ReadonlySet<MeasuredGuard> {
  const { nulls, references, values } = subjectsOf(contract);
  const subjects: Readonly<Record<MeasuredGuard, number>> = {
    nulls: nulls.length,
    orphans: references.length,
    codes: values.filter(({ guard }) => guard === 'codes').length,
    distribution: values.filter(({ guard }) => guard === 'distribution').length,
    coverage: contract.coverage.length,
    faults: contract.faults.filter(({ watched }) => watched).length,
  };
  const guards: readonly MeasuredGuard[] = [
    'nulls',
    'orphans',
    'codes',
    'distribution',
    'coverage',
    'faults',
  ];
  return new Set(guards.filter((guard) => subjects[guard] > 0));
}
