import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { sideBySide } from '../build/side-by-side.ts';
import { generationSchemaName } from '../build/candidate.ts';
import type { Dataset, Pipeline } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import { checkGrain } from './grain.ts';
import { seal } from './seal.ts';
import { measure, type Measured } from './measure.ts';

export interface AuditRequest {
  readonly pipeline: Pipeline;
  /** The same datasets in the order in which to begin them. */
  readonly order: readonly Dataset[];
  readonly generation: number;
  /** Connections of `openBuildSession`. */
  readonly sessions: readonly Session[];
  readonly onAudited: (dataset: string, rows: number) => void;
  /** Called with the first failure that is no violation: to stop what the other connections are doing. */
  readonly onFailure: (reason: unknown) => void;
}

/** What the audit found out about one dataset. */
export interface AuditedDataset extends Measured {
  readonly name: string;
}

/**
 * Proves the candidate by itself: keys, presence, rules, grain; and makes it ready to be read: indexes, comments,
 * statistics, visibility map. All violations of all datasets are collected; any stops the run.
 * Throws NJ-CONTRACT-VIOLATIONS, or the one violation's own error.
 */
export async function audit(request: AuditRequest): Promise<readonly AuditedDataset[]> {
  // VACUUM marks no page as visible whose transaction may not be on disk yet, which PostgreSQL knows for groups of
  // transactions only: one asynchronous COMMIT beside it is enough to spoil the visibility map.
  for (const session of request.sessions) {
    await session.query('the settings of the audit', "select set_config('synchronous_commit', 'on', false)");
  }
  const violations: NightjarError[] = [];
  const audited = new Map<string, AuditedDataset>();
  await sideBySide(
    request.order,
    () => [],
    request.sessions,
    async (dataset, session) => {
      const { measured, faults } = await auditDataset(session, request.generation, dataset);
      violations.push(...faults);
      audited.set(dataset.name, { name: dataset.name, ...measured });
      request.onAudited(dataset.name, measured.rows);
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

async function auditDataset(
  session: Session,
  generation: number,
  dataset: Dataset,
): Promise<{ measured: Measured; faults: readonly NightjarError[] }> {
  const { measured, faults } = await measure(session, generationSchemaName(generation), dataset);
  const grain = await checkGrain(session, dataset, measured.rows);
  if (faults.length > 0) return { measured, faults: [...faults, ...grain] };
  return { measured, faults: [...grain, ...(await seal(session, generation, dataset))] };
}
