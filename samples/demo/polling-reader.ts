import pg from 'pg';

export interface ReaderLogin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** What a reader met in all its reads. */
export interface ReadTally {
  reads: number;
  /** A dataset without rows, after it once had some. */
  empty: number;
  /** Two datasets of different generations in one session. */
  mixed: number;
  /** Told "nothing has been published yet": a sentence, not an empty table. */
  refused: number;
  readonly generations: Set<number>;
}

const pauseMillis = 100;

/**
 * A consumer as an importer is one: connects, reads two datasets one after the other and what generation each is from,
 * disconnects, and again, until it is stopped. Every second session is kept open across several rounds.
 */
export async function pollAsReader(login: ReaderLogin, signal: AbortSignal): Promise<ReadTally> {
  const tally: ReadTally = { reads: 0, empty: 0, mixed: 0, refused: 0, generations: new Set() };
  let hadRows = false;
  const stopped = (): boolean => signal.aborted;
  for (let round = 0; !stopped(); round++) {
    const client = new pg.Client({ ...login, application_name: 'polling reader' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      let first: number | undefined;
      for (let again = 0; again < (round % 2 === 0 ? 1 : 12) && !stopped(); again++) {
        const before = await generationOf(client);
        const people = await countOf(client, 'ndw.person');
        await pause(signal);
        const placements = await countOf(client, 'ndw.placement');
        const after = await generationOf(client);
        first ??= before;
        tally.reads += 2;
        if (before !== after || before !== first) tally.mixed += 1;
        if ((people === 0 || placements === 0) && hadRows) tally.empty += 1;
        if (people > 0) hadRows = true;
        tally.generations.add(after);
      }
    } catch (error) {
      if (isNothingPublishedYet(error)) tally.refused += 1;
      else if (!stopped()) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(signal);
  }
  return tally;
}

async function generationOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ generation: string }>('select generation from ndw.generation');
  return Number(rows[0]?.generation);
}

async function countOf(client: pg.Client, view: 'ndw.person' | 'ndw.placement'): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${view}`);
  return Number(rows[0]?.count);
}

/** Before the first night the views do not exist, or raise. */
function isNothingPublishedYet(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['NJ003', '42P01', '42501', '3F000'].includes(error.code ?? '');
}

async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pauseMillis);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
