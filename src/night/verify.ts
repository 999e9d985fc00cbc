import { generationDatasets } from '../audit/generation-datasets.ts';
import { isExplained, verifyDataset, type VerifiedDataset } from '../audit/reconciliation/verify-dataset.ts';
import { isFaithful, verifyRawTable, type VerifiedTable } from '../audit/reconciliation/verify-raw-table.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { ExtractReport } from '../extract/extract.ts';
import { rawChecksums } from '../extract/raw-checksums.ts';
import { rawSchemaName } from '../extract/raw-schema.ts';
import { generationRead, publishedGeneration, type GenerationRead } from '../publish/generations.ts';
import { Session } from '../warehouse/session.ts';
import { buildCandidate, type BuiltCandidate } from './build-candidate.ts';
import { cleanUpAfter } from './clean-up.ts';
import type { RunRequest } from './night-request.ts';
import { readSources } from './read-sources.ts';
import { tonight } from './tonight.ts';
import { withinRun, type RunWork } from './within-run.ts';

export interface VerifyRequest extends RunRequest {
  /** Compare the raw tables with their sources, and build nothing. */
  readonly rawOnly: boolean;
  /** How many keys of each table and dataset to name. */
  readonly keys: number;
}

export interface VerifyReport {
  readonly run: number;
  readonly tables: readonly VerifiedTable[];
  /** What is published; `undefined` where nothing is, or nobody asked. */
  readonly published: PublishedVerified | undefined;
  /** What was found not to be as it should. */
  readonly fault: NightjarError | undefined;
  readonly seconds: Readonly<Record<string, number>>;
}

export interface PublishedVerified extends GenerationRead {
  readonly datasets: readonly VerifiedDataset[];
  /** Datasets whose columns are others now, or that one of the two has not. */
  readonly incomparable: readonly string[];
}

/** In milliseconds: a transaction may stamp its rows some time before its commit lets anyone see them. */
const commitGrace = 60_000;

/**
 * Reads the sources in one snapshot and compares each raw table with its source in it; then builds the datasets for the
 * night that is published and compares them with what is published. Publishes nothing, and leaves nothing behind.
 */
export async function verify(request: VerifyRequest): Promise<VerifyReport> {
  const { run, done, seconds } = await withinRun<VerifyDone>(request, {
    prepare: async (session) => {
      const read = await publishedRead(session);
      return { asOf: read?.asOf ?? tonight(request.environment.timeZone), expected: undefined };
    },
    work: (session, of) => work(request, session, of),
    finish: (_session, _of, { fault }) =>
      Promise.resolve({ outcome: 'verified', generation: undefined, error: fault }),
  });
  return { run, ...done, seconds };
}

type VerifyDone = Omit<VerifyReport, 'run' | 'seconds'>;

async function work(request: VerifyRequest, session: Session, of: RunWork): Promise<VerifyDone> {
  const { signal, pipeline, keys } = request;
  await of.clock.begin('prepare');
  const tables = new Map<string, VerifiedTable>();
  const extracted = await readSources(session, request, of, async ({ declared }, source) => {
    // The connections are read at the same time, and a session does one thing at a time.
    await using own = await Session.open({ address: of.address, purpose: 'nightjar verify', signal });
    const raw = rawChecksums(own, rawSchemaName(of.run), declared);
    tables.set(declared.name, await verifyRawTable(declared, source, raw, keys));
  });
  const verified = pipeline.tables.flatMap(({ name }) => tables.get(name) ?? []);
  const published = request.rawOnly ? undefined : await verifyPublished(request, session, of, extracted);
  await cleanUpAfter(session, of.run, request.keepRaw);
  return { tables: verified, published, fault: faultOf(verified, published) };
}

async function verifyPublished(
  request: VerifyRequest,
  session: Session,
  of: RunWork,
  extracted: ExtractReport,
): Promise<PublishedVerified | undefined> {
  const read = await publishedRead(session);
  if (read === undefined) return undefined;
  return buildCandidate(session, request, of, extracted, async (built) => {
    await of.clock.begin('verify');
    return { ...read, ...(await compareDatasets(request, session, of, built, read)) };
  });
}

async function compareDatasets(
  { pipeline, keys }: VerifyRequest,
  session: Session,
  of: RunWork,
  { scope, sessions }: BuiltCandidate,
  read: GenerationRead,
): Promise<Pick<PublishedVerified, 'datasets' | 'incomparable'>> {
  const then = new Map((await generationDatasets(session, read.generation)).map((one) => [one.name, one]));
  const now = new Map((await generationDatasets(session, scope.generation)).map((one) => [one.name, one]));
  const since = new Date(read.readAt.getTime() - commitGrace);
  const datasets: VerifiedDataset[] = [];
  const incomparable = [...then.keys()].filter((name) => !now.has(name));
  for (const dataset of pipeline.datasets) {
    const [before, after] = [then.get(dataset.name), now.get(dataset.name)];
    const [onPath] = sessions;
    if (before === undefined || after === undefined || onPath === undefined || before.shape !== after.shape) {
      incomparable.push(dataset.name);
      continue;
    }
    datasets.push(
      await verifyDataset({
        ...{ session: onPath, dataset, since, limit: keys },
        published: { ...before, generation: read.generation },
        current: { ...after, generation: scope.generation },
      }),
    );
    of.onEvent({ kind: 'verified', dataset: dataset.name });
  }
  return { datasets, incomparable };
}

async function publishedRead(session: Session): Promise<GenerationRead | undefined> {
  const generation = await publishedGeneration(session);
  return generation === undefined ? undefined : generationRead(session, generation);
}

/** A copy that is not what its source has is the graver fault: nothing built from it says anything. */
function faultOf(
  tables: readonly VerifiedTable[],
  published: PublishedVerified | undefined,
): NightjarError | undefined {
  const unfaithful = tables.filter((table) => !isFaithful(table));
  if (unfaithful.length > 0) return nightjarError('NJ-SOURCE-COPY-DIFFERS', { tables: unfaithful });
  const unexplained = published?.datasets.filter((dataset) => !isExplained(dataset)) ?? [];
  if (published === undefined || unexplained.length === 0) return undefined;
  return nightjarError('NJ-PUBLISH-DIFFERS', { generation: published.generation, datasets: unexplained });
}
