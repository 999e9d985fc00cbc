import pg from 'pg';
import { quoteIdentifier } from '../../src/warehouse/identifier.ts';

export interface ReaderLogin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export interface ReaderTask {
  readonly login: ReaderLogin;
  readonly schema: string;
  /** Read one after the other in each round. */
  readonly datasets: readonly string[];
}

/** What a reader met in all its reads. */
export interface ReadTally {
  reads: number;
  /** A dataset without rows that has some in the generation that the session reads. */
  empty: number;
  /** A dataset with more or fewer rows than it has in the generation that the session began with. */
  mixed: number;
  /** Told "nothing has been published yet", or to come again in a moment: a sentence, not an empty table. */
  refused: number;
  readonly generations: Set<number>;
}

const pauseMillis = 100;

/**
 * A consumer as an importer is one: connects, is told which generation it reads and how many rows each dataset has in
 * that one, counts what it is really given, with a pause after each dataset, disconnects, and again, until it is
 * stopped. Every second session is kept open across several rounds.
 *
 * @param onRead called after each read, with what was met until then.
 */
export async function pollAsReader(
  task: ReaderTask,
  signal: AbortSignal,
  onRead: (tally: ReadTally) => void = () => undefined,
): Promise<ReadTally> {
  const tally: ReadTally = { reads: 0, empty: 0, mixed: 0, refused: 0, generations: new Set() };
  const stopped = (): boolean => signal.aborted;
  for (let session = 0; !stopped(); session++) {
    const client = new pg.Client({ ...task.login, application_name: 'polling reader' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await readSession(client, task, { rounds: session % 2 === 0 ? 1 : 6, tally, signal, onRead });
    } catch (error) {
      if (isRefusal(error)) tally.refused += 1;
      else if (!stopped()) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(signal);
  }
  return tally;
}

interface ReadSession {
  readonly rounds: number;
  readonly tally: ReadTally;
  readonly signal: AbortSignal;
  readonly onRead: (tally: ReadTally) => void;
}

async function readSession(
  client: pg.Client,
  { schema, datasets }: ReaderTask,
  { rounds, tally, signal, onRead }: ReadSession,
): Promise<void> {
  const place = quoteIdentifier(schema);
  const promised = await client.query<{ generation: string; dataset: string; rows: string }>(
    `select generation, dataset, rows from ${place}.dataset`,
  );
  const rows = new Map(promised.rows.map((row) => [row.dataset, Number(row.rows)]));
  for (const { generation } of promised.rows.slice(0, 1)) tally.generations.add(Number(generation));
  for (let round = 0; round < rounds; round++) {
    for (const dataset of datasets) {
      if (signal.aborted) return;
      const counted = await client.query<{ count: string }>(
        `select count(*) from ${place}.${quoteIdentifier(dataset)}`,
      );
      const found = Number(counted.rows[0]?.count);
      const wanted = rows.get(dataset) ?? 0;
      tally.reads += 1;
      if (found === 0 && wanted > 0) tally.empty += 1;
      else if (found !== wanted) tally.mixed += 1;
      onRead(tally);
      await pause(signal);
    }
  }
}

/** Before the first night the views do not exist, or raise; while a publication is completed they raise for a moment. */
function isRefusal(error: unknown): boolean {
  const codes = ['NJ003', 'NJ006', '42P01', '42501', '3F000'];
  return error instanceof pg.DatabaseError && codes.includes(error.code ?? '');
}

async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, pauseMillis);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
