import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { ConnectionDeclaration, Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { SnapshotBroken } from '../source/snapshot-broken.ts';
import type { ReadProgress, SnapshotRead, SnapshotRequest, SourceConnection } from '../source/source.ts';
import type { WarehouseAddress } from '../warehouse/address.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { rawSchemaName } from './raw-schema.ts';
import { RawLoader } from './raw-loader.ts';
import { Analysis } from './analysis.ts';
import { loadSeeds } from './seeds.ts';
import { writeSkew, writeSnapshot, type ConnectionRead } from './raw-record.ts';
import { skewOf, type Skew } from './skew.ts';
import { tablesBehind } from './tables-behind.ts';

/** How often a connection is read from the beginning when a table changes under its snapshot. */
const attempts = 3;

export interface ExtractRequest {
  readonly run: number;
  readonly pipeline: Pipeline;
  readonly environment: Environment;
  readonly connect: (declaration: ConnectionDeclaration) => SourceConnection;
  readonly session: Session;
  readonly address: () => WarehouseAddress;
  readonly onProgress: (progress: ReadProgress) => void;
  /** Told of each table once it is whole in its raw table, while its snapshot is still open. */
  readonly onRead?: NonNullable<SnapshotRequest['onRead']> | undefined;
  readonly signal: AbortSignal;
}

export interface ExtractReport {
  readonly connections: readonly ConnectionRead[];
  readonly skew: Skew;
}

/**
 * Copies the declared tables of all sources into the run's raw schema, each connection as of one instant.
 * Throws NJ-SOURCE-… errors; what was copied until then is left for whoever cleans up after the run.
 */
export async function extract(request: ExtractRequest): Promise<ExtractReport> {
  const { environment, pipeline, session } = request;
  const schema = rawSchemaName(request.run);
  await session.query('the creation of the raw schema', `create schema ${quoteIdentifier(schema)}`);
  crashPoint('extract.schema-made');
  await loadSeeds(session, schema, pipeline.seeds);

  const analysis = new Analysis(session, schema);
  const failed = new AbortController();
  const signal = AbortSignal.any([request.signal, failed.signal]);
  const reading = environment.connections.map(async (declaration): Promise<ConnectionRead> => {
    try {
      const read = await readConnection(declaration, { ...request, signal }, analysis);
      return { connection: declaration.name, ...read };
    } catch (error) {
      // The night needs all of them: the others need not go on.
      failed.abort('another source connection failed');
      throw error;
    }
  });
  const settled = await Promise.allSettled(reading);
  const connections = settled.map((result) => {
    if (result.status === 'rejected') throw firstCause(settled);
    return result.value;
  });

  crashPoint('extract.snapshots-ended');
  await analysis.end();
  for (const read of connections) await writeSnapshot(session, request.run, read);
  const skew: Skew = { seconds: skewOf(connections), limit: environment.skewLimit };
  await writeSkew(session, request.run, skew);
  crashPoint('extract.recorded');
  if (skew.seconds > skew.limit) throw nightjarError('NJ-SOURCE-SKEW', skew);
  return { connections, skew };
}

async function readConnection(
  declaration: ConnectionDeclaration,
  request: ExtractRequest,
  analysis: Analysis,
): Promise<SnapshotRead> {
  const source = request.connect(declaration);
  const tables = tablesBehind(declaration.name, request.environment, request.pipeline);
  await using loader = new RawLoader(request.address, rawSchemaName(request.run), request.signal);
  for (let attempt = 1; ; attempt++) {
    try {
      const read = await source.read({
        tables,
        limits: {
          lockWait: declaration.lockWait,
          snapshotLimit: declaration.snapshotLimit,
          rowLimit: request.environment.rowLimit,
        },
        open: async ({ declared }) => {
          const sink = await loader.open(declared);
          sink.once('finish', () => {
            analysis.add(declared.name);
          });
          return sink;
        },
        onProgress: request.onProgress,
        ...(request.onRead === undefined ? {} : { onRead: request.onRead }),
        signal: request.signal,
      });
      return {
        ...read,
        tables: read.tables.map((one) => ({
          ...one,
          repairs: [...one.repairs, ...loader.repairsOf(one.name)],
        })),
      };
    } catch (error) {
      if (!(error instanceof SnapshotBroken)) throw error;
      if (attempt === attempts)
        throw nightjarError('NJ-SOURCE-TABLE-CHANGED', { table: error.table, attempts });
    }
  }
}

/** The failure that made the others stop, not the stopping of the others. */
function firstCause(settled: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = settled.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  return reasons.find((reason) => !isAbort(reason)) ?? reasons[0];
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && 'code' in reason && reason.code === 'NJ-INTERNAL-ABORTED';
}
