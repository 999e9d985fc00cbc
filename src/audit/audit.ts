import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { sideBySide } from '../build/side-by-side.ts';
import type { Dataset, Pipeline } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import { checkGrain } from './grain.ts';
import { seal } from './seal.ts';
import type { ExaminedDataset } from './examine.ts';

export interface AuditRequest {
  readonly pipeline: Pipeline;
  /** The same datasets in the order in which to begin them. */
  readonly order: readonly Dataset[];
  readonly generation: number;
  readonly examined: ReadonlyMap<string, ExaminedDataset>;
  /** Connections of `openBuildSession`. */
  readonly sessions: readonly Session[];
  readonly onAudited: (dataset: string, rows: number) => void;
  /** Called with the first failure that is no violation: to stop what the other connections are doing. */
  readonly onFailure: (reason: unknown) => void;
}

/**
 * Proves the candidate by itself: keys and grain, beside what was found when each dataset was built; and makes it ready to be read: indexes, comments,
 * statistics, visibility map. All violations of all datasets are collected; any stops the run.
 * Throws NJ-CONTRACT-VIOLATIONS, or the one violation's own error.
 */
export async function audit(request: AuditRequest): Promise<readonly ExaminedDataset[]> {
  // VACUUM marks no page as visible whose transaction may not be on disk yet, which PostgreSQL knows for groups of
  // transactions only: one asynchronous COMMIT beside it is enough to spoil the visibility map.
  for (const session of request.sessions) {
    await session.query('the settings of the audit', "select set_config('synchronous_commit', 'on', false)");
  }
  const readByOthers = new Set(request.order.flatMap((dataset) => dataset.readsDatasets));
  const violations: NightjarError[] = [];
  const audited = new Map<string, ExaminedDataset>();
  await sideBySide(
    request.order,
    () => [],
    request.sessions,
    async (dataset, session) => {
      const examined = request.examined.get(dataset.name);
      if (examined === undefined) return;
      const { rows, leftOut, erased } = examined;
      const grain = await checkGrain(session, dataset, { rows, missing: leftOut + erased });
      violations.push(...examined.faults, ...grain);
      // Two rows with one key would fail these again.
      if (examined.faults.length === 0)
        violations.push(
          ...addUp(examined),
          ...(await seal(session, request.generation, dataset, readByOthers.has(dataset.name))),
        );
      audited.set(dataset.name, examined);
      request.onAudited(dataset.name, rows);
    },
    request.onFailure,
  );
  const [first] = violations;
  if (first !== undefined) {
    throw violations.length === 1
      ? first
      : nightjarError('NJ-CONTRACT-VIOLATIONS', {
          sentences: violations.map((fault) => `${fault.code}: ${fault.message}`),
        });
  }
  return request.pipeline.datasets.flatMap((dataset) => audited.get(dataset.name) ?? []);
}

/** No row may come or go on the way from the SELECT to what is published, but one that is listed. */
function addUp({ name, read, rows, leftOut, erased }: ExaminedDataset): readonly NightjarError[] {
  if (rows === read - leftOut - erased) return [];
  const during = `the count of the rows of dataset ${name}`;
  return [
    nightjarError('NJ-INTERNAL-UNEXPECTED', { during, kind: 'not what was read, less what was left out' }),
  ];
}
