import type { Contract } from '../pipeline/contract.ts';
import type { Session } from '../warehouse/session.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { keyReferredTo, type GenerationDataset } from './generation-datasets.ts';
import { coverageMeasures } from './coverage-measures.ts';
import { faultMeasures } from './fault-measures.ts';
import { subjectsOf, takeMeasures, type Measure, type MeasuredGuard, type Subjects } from './measures.ts';
import { recordedMeasures, recordMeasures } from './measure-record.ts';

/** What was measured of a dataset, tonight and as published. */
export interface ComparedMeasures {
  readonly before: readonly Measure[];
  readonly after: readonly Measure[];
}

export interface MeasureRequest {
  readonly session: Session;
  readonly run: number;
  readonly candidate: number;
  readonly published: number;
  readonly dataset: Dataset;
  /** The datasets of the published generation and of the candidate, by name. */
  readonly generations: {
    readonly before: ReadonlyMap<string, GenerationDataset>;
    readonly after: ReadonlyMap<string, GenerationDataset>;
  };
}

/**
 * Measures a candidate's dataset and writes it down for the next night. What is published has its measures from its own
 * night; where the contract has asked for more since, its table is measured now, as far as it has the columns. Where a
 * dataset and all that it refers to are what is published, nothing is measured again.
 */
export async function compareMeasures(request: MeasureRequest): Promise<ComparedMeasures> {
  const { session, run, candidate, published, dataset, generations } = request;
  const subjects = subjectsOf(dataset.contract);
  const recorded = await recordedMeasures(session, published, dataset.name);
  const has = (guard: MeasuredGuard, subject: string): boolean =>
    recorded.some((one) => one.guard === guard && one.subject === subject);
  const columns = generations.before.get(dataset.name)?.columns ?? [];
  const missing = onlyColumnsOf(without(subjects, has), new Set(columns.map(({ name }) => name)));
  const added = await takeMeasures(session, published, dataset.name, missing, (name) =>
    keyReferredTo(generations.before.get(name), generations.after.get(name)),
  );
  const before = [...recorded, ...added];
  const isSame = (name: string): boolean => {
    const [was, is] = [generations.before.get(name), generations.after.get(name)];
    return was !== undefined && was.shape === is?.shape && was.digest === is.digest;
  };
  const unchanged =
    isSame(dataset.name) && dataset.contract.references.every((reference) => isSame(reference.dataset));
  const own = unchanged
    ? ofSubjects(before, dataset.contract)
    : await takeMeasures(
        session,
        candidate,
        dataset.name,
        subjects,
        (name) => generations.after.get(name)?.key,
      );
  const after = [
    ...own,
    ...(await coverageMeasures(session, run, dataset.contract.coverage)),
    ...(await faultMeasures(session, candidate, dataset)),
  ];
  await recordMeasures(session, candidate, dataset.name, after);
  return { before, after };
}

/** Measures a dataset that nothing is compared with yet: for the next night. */
export async function measureFirst(
  session: Session,
  { run, candidate }: { readonly run: number; readonly candidate: number },
  dataset: Dataset,
  parentKey: (name: string) => readonly string[] | undefined,
): Promise<void> {
  const { name, contract } = dataset;
  const own = await takeMeasures(session, candidate, name, subjectsOf(contract), parentKey);
  const coverage = await coverageMeasures(session, run, contract.coverage);
  const faults = await faultMeasures(session, candidate, dataset);
  await recordMeasures(session, candidate, name, [...own, ...coverage, ...faults]);
}

function without(
  { nulls, references, values }: Subjects,
  has: (guard: MeasuredGuard, subject: string) => boolean,
): Subjects {
  return {
    nulls: nulls.filter((column) => !has('nulls', column)),
    references: references.filter(({ name }) => !has('orphans', name)),
    values: values.filter(({ guard, column }) => !has(guard, column)),
  };
}

function onlyColumnsOf({ nulls, references, values }: Subjects, columns: ReadonlySet<string>): Subjects {
  return {
    nulls: nulls.filter((column) => columns.has(column)),
    references: references.filter((reference) => reference.columns.every((column) => columns.has(column))),
    values: values.filter(({ column }) => columns.has(column)),
  };
}

/** Those that the contract asks for today, but for coverages and faults: they are of tonight's raw tables. */
function ofSubjects(measures: readonly Measure[], contract: Contract): readonly Measure[] {
  const { nulls, references, values } = subjectsOf(contract);
  const wanted = new Set([
    ...nulls.map((column) => `nulls ${column}`),
    ...references.map(({ name }) => `orphans ${name}`),
    ...values.map(({ guard, column }) => `${guard} ${column}`),
  ]);
  return measures.filter(({ guard, subject }) => wanted.has(`${guard} ${subject}`));
}
