import { setTimeout as sleep } from 'node:timers/promises';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { FaultPlace, Marker } from './fault-place.ts';
import type { KindCount } from './tally.ts';
import { endSessions, left } from './oracles/nothing-left.ts';
import { hasPublished, published, type Published } from './oracles/published.ts';
import type { WatchingReaders } from './oracles/watching-readers.ts';

/** How long what a killed run held may keep the next one out, and how long anything may take. In milliseconds. */
const busyLimit = 5_000;
const hangLimit = 110_000;

export interface FaultCase {
  /** For a violation's message: `kill -9 at publish.attached`. */
  readonly fault: string;
  /** Runs a night and hurts it. Resolves when nothing of it is at work any more; whether it failed does not matter. */
  readonly hurt: () => Promise<void>;
  readonly readers?: WatchingReaders;
}

/**
 * Tries one fault at a place, lets one undisturbed night follow, and asks every oracle:
 * what was published is byte for byte what it was until the new generation is there, whole; the next run needs nobody's
 * help, publishes the same as an undisturbed one, and nothing is left behind; every run's outcome is recorded.
 */
export async function tryFault(place: FaultPlace, one: FaultCase, count: KindCount): Promise<void> {
  const found = (what: string): void => {
    count.violation(`${one.fault} (${place.name})`, what);
  };
  try {
    await withinLimit(tried(place, one, found));
  } catch (error) {
    found(
      `the case itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  for (const what of one.readers?.found() ?? []) found(what);
  count.tried();
}

async function tried(place: FaultPlace, one: FaultCase, found: (what: string) => void): Promise<void> {
  const isNew = Object.values(place.references).length === 0 || !(await hasPublished(place.shop));
  const before = isNew ? undefined : await published(place.shop);
  const marker = await place.turn();
  await one.hurt();
  if (await hasPublished(place.shop)) {
    const after = await published(place.shop);
    const untouched =
      after === undefined || (after.identity === before?.identity && after.content === before.content);
    if (!untouched && !isWhole(place, marker, after))
      found(`consumers read ${after.rows} rows of no generation`);
  } else if (before !== undefined) found('nothing is published any more');

  await recover(place);
  const recovered = await published(place.shop);
  if (recovered === undefined) {
    found('consumers are still refused after the next run');
    return;
  }
  if (!isWhole(place, marker, recovered)) found('the next run did not publish what an undisturbed one does');
  if (recovered.identity === before?.identity) found('the next run published nothing');
  const behind = await left(place.shop);
  for (const what of behind) found(`left behind: ${what}`);
  if (behind.length > 0) await endSessions(place.shop);
}

/** The next run, as whoever starts it again a moment later does it. */
async function recover(place: FaultPlace): Promise<void> {
  const until = Date.now() + busyLimit;
  for (;;) {
    try {
      await place.night();
      return;
    } catch (error) {
      // Or of a warehouse that is still coming back.
      const isBusy =
        error instanceof NightjarError && /^NJ-(PUBLISH-BUSY|WAREHOUSE-UNREACHABLE)$/.test(error.code);
      if (!isBusy || Date.now() > until) throw error;
      await sleep(50);
    }
  }
}

function isWhole(place: FaultPlace, marker: Marker, read: Published): boolean {
  return place.references[marker]?.content === read.content;
}

async function withinLimit(work: Promise<void>): Promise<void> {
  const limit = new AbortController();
  const late = sleep(hangLimit, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`it did not end within ${hangLimit / 1000} seconds`);
  });
  // Ending the wait is no failure.
  late.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
}
