import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DatabaseError } from 'pg';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import type { FaultPlace } from '../fault-place.ts';
import { MixedRead, readAll, type Published } from './published.ts';

/** The longest a session is kept: what is retired meanwhile refuses it. In milliseconds. */
const longest = 3_000;
/** The longest pause between two read sets. Shorter, and the readers take the processors from what they watch. */
const pause = 800;

/** Readers that go on reading while faults are tried. */
export interface WatchingReaders {
  /** What they saw that must never be, since they were last asked. */
  found(): readonly string[];
  /** Read sets that were whole, and those that were refused with a sentence. */
  readonly counts: { whole: number; refused: number };
  stop(): Promise<void>;
}

/**
 * Lets consumers read at a place all the while: one keeps its session over several read sets, one its connection over
 * several transactions. Each read set must show exactly one generation, each session only one, and each generation
 * always the same rows: those of one of the references.
 */
export function watchReaders(place: FaultPlace, seed: number): WatchingReaders {
  const found: string[] = [];
  const counts = { whole: 0, refused: 0 };
  const contents = new Map<string, string>();
  const stop = new AbortController();
  const isOver = (): boolean => stop.signal.aborted;
  const judge = (read: Published): void => {
    counts.whole++;
    const known = contents.get(read.identity) ?? read.content;
    contents.set(read.identity, read.content);
    if (known !== read.content) found.push('a generation changed after it was published');
    const whole = Object.values(place.references).some((one) => one.content === read.content);
    if (!whole) found.push(`a reader was given ${read.rows} rows that are no whole generation`);
  };
  const watch = async (consumer: string, dice: Dice): Promise<void> => {
    while (!isOver()) {
      const client = await place.shop.warehouse.connectAs(consumer).catch(() => undefined);
      if (client === undefined) {
        await sleep(pause);
        continue;
      }
      const until = Date.now() + dice.below(longest);
      try {
        let identity: string | undefined;
        do {
          const read = consumer === 'pooled' ? await inTransaction(client) : await readAll(ask(client));
          judge(read);
          if (consumer === 'reader' && identity !== undefined && identity !== read.identity)
            found.push('one session read two generations');
          identity = read.identity;
          await sleep(dice.below(pause));
        } while (!isOver() && Date.now() < until);
      } catch (error) {
        if (error instanceof MixedRead) found.push(error.message);
        else if (isRefusal(error)) counts.refused++;
        else if (!isLost(error)) found.push(`a reader failed: ${sqlstate(error)}`);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };
  const watching = ['reader', 'pooled'].map((consumer, index) =>
    watch(consumer, new Dice(seed, stream(consumer), index)),
  );
  return {
    counts,
    found: () => found.splice(0),
    stop: async () => {
      stop.abort();
      await Promise.all(watching);
    },
  };
}

const ask =
  (client: pg.Client) =>
  (sql: string): Promise<pg.QueryResult> =>
    client.query(sql);

async function inTransaction(client: pg.Client): Promise<Published> {
  await client.query('begin');
  try {
    return await readAll(ask(client));
  } finally {
    await client.query('rollback');
  }
}

function sqlstate(error: unknown): string {
  return error instanceof DatabaseError ? (error.code ?? 'no code') : String(error);
}

/** What reading() says in a sentence. */
function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && /^NJ00\d$/.test(error.code ?? '');
}

/** A server that crashes ends its readers' sessions: that is no answer, and no wrong one. */
function isLost(error: unknown): boolean {
  return !(error instanceof DatabaseError) || /^(57P0\d|08\d\d\d)$/.test(error.code ?? '');
}
