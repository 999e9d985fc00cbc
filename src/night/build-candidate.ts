import { audit } from '../audit/audit.ts';
import { examine, type ExaminedDataset } from '../audit/examine.ts';
import { generationDatasets } from '../audit/generation-datasets.ts';
import { leaveWithLateParents } from '../audit/late-parents.ts';
import type { UnreadableTable } from '../audit/unreadable-rows.ts';
import { build } from '../build/build.ts';
import { openBuildSession, openSessions, type BuildScope } from '../build/build-session.ts';
import { heaviestFirst } from '../build/heaviest-first.ts';
import type { ExtractReport } from '../extract/extract.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { publishedGeneration } from '../publish/generations.ts';
import type { Session } from '../warehouse/session.ts';
import { openGeneration, recordDatasets } from './generation-record.ts';
import type { RunRequest } from './night-request.ts';
import type { RunWork } from './within-run.ts';

/** A candidate that was built and audited, and the connections on which its names mean what they should. */
export interface BuiltCandidate {
  readonly scope: BuildScope;
  /** The published generation; `undefined` where there is none. */
  readonly base: number | undefined;
  readonly datasets: readonly ExaminedDataset[];
  readonly sessions: readonly Session[];
  /** To be told of the first failure on one of them: what the others do is stopped. */
  readonly onFailure: () => void;
}

/** Builds the whole set of datasets out of the raw tables and audits it, then does with it what there is to be done. */
export async function buildCandidate<Result>(
  session: Session,
  { pipeline, release, workers, signal }: RunRequest,
  { run, address, clock, asOf, onEvent }: RunWork,
  extracted: ExtractReport,
  use: (built: BuiltCandidate) => Promise<Result>,
): Promise<Result> {
  await clock.begin('build');
  const generation = await openGeneration(session, run, asOf, release);
  const scope: BuildScope = { run, generation, asOf };
  const base = await publishedGeneration(session);
  const published = base === undefined ? undefined : await publishedDatasets(session, base);
  const order = heaviestFirst(pipeline.datasets, rowsRead(extracted));
  const failed = new AbortController();
  const onFailure = (): void => {
    failed.abort('another dataset failed');
  };
  const either = AbortSignal.any([signal, failed.signal]);
  const sessions = await openSessions(workers, () => openBuildSession(address, scope, either));
  try {
    const examined = new Map<string, ExaminedDataset>();
    const datasets = new Map(pipeline.datasets.map((dataset) => [dataset.name, dataset]));
    await build({
      ...{ datasets: pipeline.datasets, order, scope, sessions, onFailure },
      finish: async (built) => {
        const unreadable = unreadableTables(built.dataset, extracted);
        const done = new Set(examined.keys());
        examined.set(
          built.dataset.name,
          await examine({ ...built, scope, unreadable, published, datasets, built: done }),
        );
      },
      onBuilt: (dataset, seconds) => {
        onEvent({ kind: 'built', dataset, seconds });
      },
    });
    const [first] = sessions;
    const late = { order: pipeline.datasets, scope, published, datasets, examined };
    for (const one of first === undefined ? [] : await leaveWithLateParents({ ...late, session: first }))
      examined.set(one.name, one);
    await clock.begin('audit');
    const audited = await audit({
      ...{ pipeline, order, generation, examined, sessions, onFailure },
      onAudited: (dataset, rows) => {
        onEvent({ kind: 'audited', dataset, rows });
      },
    });
    await recordDatasets(session, { generation, pipeline, datasets: audited, extracted });
    return await use({ scope, base, datasets: audited, sessions, onFailure });
  } finally {
    await Promise.all(sessions.map((one) => one[Symbol.asyncDispose]()));
  }
}

async function publishedDatasets(session: Session, generation: number) {
  const datasets = await generationDatasets(session, generation);
  return { generation, datasets: new Map(datasets.map((dataset) => [dataset.name, dataset])) };
}

/** Rows of each raw table. */
function rowsRead(extracted: ExtractReport): ReadonlyMap<string, number> {
  const tables = extracted.connections.flatMap((connection) => connection.tables);
  return new Map(tables.map((table) => [table.name, table.received]));
}

/** Raw tables of which a value that could not be held comes into a dataset. */
function unreadableTables(
  { contract, readsRaw, valuesFrom }: Dataset,
  extracted: ExtractReport,
): readonly UnreadableTable[] {
  const driving = new Set(contract.driving.map((one) => one.table));
  return extracted.connections
    .flatMap((connection) => connection.tables)
    .filter(({ name }) => readsRaw.includes(name))
    .map(({ name, repairs }) => ({
      name,
      columns: repairs
        .filter(({ kind, column }) => kind === 'out-of-range' && valuesFrom.has(`${name}.${column}`))
        .map(({ column }) => column),
      drives: driving.has(name),
    }))
    .filter(({ columns }) => columns.length > 0);
}
