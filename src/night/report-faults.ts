import { recordDataFaults } from '../audit/data-faults.ts';
import { openBuildSession, openSessions, type BuildScope } from '../build/build-session.ts';
import { sideBySide } from '../build/side-by-side.ts';
import { compareRawTables } from '../extract/raw-record.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { WarehouseAddress } from '../warehouse/address.ts';
import type { Session } from '../warehouse/session.ts';

export interface FaultReport {
  readonly session: Session;
  readonly address: () => WarehouseAddress;
  readonly pipeline: Pipeline;
  /** What was published, and the run whose raw tables it was built from. */
  readonly scope: BuildScope;
  /** The generation that was published before. */
  readonly base: number | undefined;
  /** Datasets that are looked at at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** Lists what is wrong with the rows of what was just published, out of the raw tables that it was built from. */
export async function reportFaults(report: FaultReport): Promise<void> {
  const { session, pipeline, scope, base, workers, signal } = report;
  // Hours may lie between a candidate and its approval, and a crash empties raw tables without a word.
  await compareRawTables(session, scope.run);
  const rows = await session.query<{ name: string }>(
    'the look-up of what was repaired',
    "select name from nightjar.raw_table where run = $1 and repairs <> '[]'",
    [scope.run],
  );
  const repaired = new Set(rows.map(({ name }) => name));
  const datasets = new Map(pipeline.datasets.map((dataset) => [dataset.name, dataset]));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const sessions = await openSessions(workers, () => openBuildSession(report.address, scope, either));
  try {
    await sideBySide(
      pipeline.datasets,
      () => [],
      sessions,
      (dataset, one) => recordDataFaults({ session: one, scope, dataset, datasets, repaired, before: base }),
      () => {
        failed.abort('another dataset failed');
      },
    );
  } finally {
    await Promise.all(sessions.map((one) => one[Symbol.asyncDispose]()));
  }
}
