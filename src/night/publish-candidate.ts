import { crashPoint } from '../error/crash-point.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { StoredDataset } from '../publish/change-view.ts';
import { readersOf, syncConsumers } from '../publish/consumers.ts';
import { ensureControlViews } from '../publish/control-views.ts';
import { dropFormerViews } from '../publish/former-views.ts';
import { switchTo, untilInstant } from '../publish/publish.ts';
import { ensureRowPolicy } from '../publish/row-policy.ts';
import { attach, ensureStoreTable, storeTables } from '../publish/store.ts';
import { ensureView } from '../publish/views.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

export interface Candidate {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  readonly generation: number;
  /** The published generation that it was judged against; `undefined` where there was none. */
  readonly base: number | undefined;
  readonly run: number;
  readonly fence: number;
}

/**
 * Publishes an audited candidate. Everything before the switch is invisible to every reader; the switch is one row for
 * each consumer. Resolves when its instant has passed: whoever connects from then on reads this generation.
 */
export async function publishCandidate(session: Session, candidate: Candidate): Promise<Date> {
  const { environment, pipeline, generation, base, run, fence } = candidate;
  const { schema, consumers } = environment;
  await session.query('the schema of the views', `create schema if not exists ${quoteIdentifier(schema)}`);
  const stored: StoredDataset[] = [];
  for (const dataset of pipeline.datasets) {
    const table = await ensureStoreTable(session, dataset, fence);
    await attach(session, table, generation, fence);
    stored.push({ dataset, tables: await storeTables(session, dataset.name) });
  }
  // First of the views: one that compares is not to find rows hidden that it was let see before.
  await ensureControlViews(session, schema, stored, fence);
  for (const { dataset, tables } of stored) {
    await ensureRowPolicy(session, dataset.name, tables, fence);
    await ensureView(session, schema, dataset, tables, readersOf(dataset.name, consumers), fence);
  }
  // No view calls what goes any more; and nobody reads through a former one when rights are given anew.
  await dropFormerViews(session, schema, stored, fence);
  await syncConsumers(session, environment, fence);
  const instant = await switchTo(session, { fence, kind: 'publish', generation, expected: base, run });
  await untilInstant(session, instant);
  crashPoint('publish.in-force');
  return instant;
}
