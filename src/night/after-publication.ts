import { recordDataFaults } from '../audit/data-faults.ts';
import { openBuildSession, openSessions } from '../build/build-session.ts';
import { sideBySide } from '../build/side-by-side.ts';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import type { ExtractReport } from '../extract/extract.ts';
import { crashPoint } from '../error/crash-point.ts';
import { dropRawSchema, rawSchemaName } from '../extract/raw-schema.ts';
import { retain, type RetentionReport } from '../publish/retention.ts';
import type { Session } from '../warehouse/session.ts';
import { supersedeHeld } from './clean-up.ts';
import type { NightRequest, Work } from './night-request.ts';

/** What was published, over what, from what. */
export interface Published {
  readonly generation: number;
  readonly base: number | undefined;
  readonly extract: ExtractReport;
}

/**
 * What follows a publication: the list of faults, then what is no longer needed is taken away. Whatever fails here changes
 * nothing about the publication: it is told of, and left for the next run.
 */
export async function afterPublication(
  session: Session,
  request: NightRequest,
  of: Work,
  published: Published,
): Promise<RetentionReport | undefined> {
  await attempt(request, 'The list of faults is not complete.', async () => {
    await of.clock.begin('report');
    await reportFaults(request, of, published);
    crashPoint('report.recorded');
  });
  return attempt(request, 'What is no longer needed is left for the next run.', async () => {
    await of.clock.begin('retain');
    if (!request.keepRaw) await dropRawSchema(session, rawSchemaName(of.run));
    crashPoint('retain.raw-dropped');
    await supersedeHeld(session, of.fence, published.generation);
    crashPoint('retain.held-superseded');
    return retain(session, of.fence, request.environment.keep);
  });
}

async function attempt<Result>(
  request: NightRequest,
  otherwise: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const { message } = asNightjarError(error, 'what follows a publication');
    request.onEvent({ kind: 'remark', sentence: `The generation is published. ${otherwise} ${message}` });
    return undefined;
  }
}

async function reportFaults(
  { pipeline, asOf, workers, signal }: NightRequest,
  { run, address }: Work,
  { generation, base, extract }: Published,
): Promise<void> {
  const scope = { run, generation, asOf };
  const datasets = new Map(pipeline.datasets.map((dataset) => [dataset.name, dataset]));
  const tables = extract.connections.flatMap((connection) => connection.tables);
  const repaired = new Set(tables.filter(({ repairs }) => repairs.length > 0).map(({ name }) => name));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const sessions = await openSessions(workers, () => openBuildSession(address, scope, either));
  try {
    await sideBySide(
      pipeline.datasets,
      () => [],
      sessions,
      (dataset, session) => recordDataFaults({ session, scope, dataset, datasets, repaired, before: base }),
      () => {
        failed.abort('another dataset failed');
      },
    );
  } finally {
    await Promise.all(sessions.map((one) => one[Symbol.asyncDispose]()));
  }
}
