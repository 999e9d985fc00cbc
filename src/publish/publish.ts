import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import { fenceFault } from './fenced.ts';
import { settle } from './settle.ts';

/** How far ahead the instant of a switch lies, and how often it is tried with twice as much. */
const firstLeadSeconds = 1;
const attempts = 4;
/** What an announcement must still have ahead of it when it is seen to be committed. */
const marginMilliseconds = 200;

/** What the warehouse's own function answers where the announcement no longer stands. */
const tooLate = 'NJ010';

export interface SwitchRequest {
  readonly fence: number;
  readonly kind: 'publish' | 'rollback';
  readonly generation: number;
  /** The published generation that the candidate was judged against. */
  readonly expected: number | undefined;
  readonly run: number | undefined;
  /** A reason to keep the coming runs from publishing, set with the switch or not at all. */
  readonly hold?: string | undefined;
}

/**
 * Switches every consumer to a generation from an instant a moment ahead, in two fenced, synchronous transactions, each
 * sent as one message that nothing interrupts: the instant is announced, and once the announcement is known to be seen
 * before it, the switches and the journal are written. A reader that begins after the instant and before the switches
 * are seen is refused, so that however long a commit takes nobody reads one generation and then another.
 * Resolves with the instant. Where an answer is lost with the connection, what happened is looked up, never guessed; the
 * fence is given up by that.
 * Throws NJ-PUBLISH-FENCED, NJ-PUBLISH-BASE-CHANGED, NJ-PUBLISH-OVERTAKEN, NJ-PUBLISH-NO-GENERATION, NJ-PUBLISH-UNKNOWN.
 */
export async function switchTo(session: Session, request: SwitchRequest): Promise<Date> {
  const { fence, generation } = request;
  let sent: Date | undefined;
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const instant = await announce(session, request, firstLeadSeconds * 2 ** attempt);
      sent = instant;
      if (instant !== undefined && (await complete(session, request, instant))) return instant;
    }
  } catch (error) {
    const fault = fenceFault(error, 'the publication', { fence, generation });
    if (fault.code !== 'NJ-WAREHOUSE-LOST') throw fault;
    const instant = await settle(session, request, sent);
    if (instant === undefined) throw fault;
    return instant;
  }
  throw nightjarError('NJ-PUBLISH-OVERTAKEN', { attempts });
}

/** The instant, once every reader sees it announced; `undefined` where it came first, and was withdrawn. */
async function announce(
  session: Session,
  { fence, generation, expected }: SwitchRequest,
  lead: number,
): Promise<Date | undefined> {
  const [announced] = await session.decide<{ instant: Date }>(
    'select nightjar.announce($1, $2, $3, make_interval(secs => $4)) as instant',
    [fence, generation, expected ?? null, lead],
  );
  const [seen] = await session.decide<{ ahead: boolean }>(
    `select clock_timestamp() + interval '${marginMilliseconds} milliseconds' < $1::timestamptz as ahead`,
    [announced?.instant],
  );
  crashPoint('publish.announced');
  if (seen?.ahead === true) return announced?.instant;
  await session.decide('select nightjar.withdraw($1, $2)', [fence, announced?.instant]);
  return undefined;
}

/** Writes the switches; false where they would come too late, and the announcement was withdrawn. */
async function complete(session: Session, request: SwitchRequest, instant: Date): Promise<boolean> {
  const { fence, kind, generation, expected, run, hold } = request;
  try {
    await session.decide('select nightjar.switch_to($1, $2, $3, $4, $5, $6, $7)', [
      ...[fence, kind, generation, expected ?? null, run ?? null, instant, hold ?? null],
    ]);
    crashPoint('publish.switched');
    return true;
  } catch (error) {
    const code = sqlstateOf(error);
    // Whatever the server answers, nothing comes of it: who connects meanwhile would be refused for nothing.
    if (code !== undefined)
      await session.decide('select nightjar.withdraw($1, $2)', [fence, instant]).catch(() => undefined);
    if (code !== tooLate) throw error;
    return false;
  }
}

/** Waits until the server's clock has passed an instant: from then on whoever connects reads the new generation. */
export async function untilInstant(session: Session, instant: Date): Promise<void> {
  try {
    await sleepUntil(session, instant);
  } catch {
    // The switch has happened, whatever became of our connection.
    await waitElsewhere(session, instant).catch(() => undefined);
  }
}

async function waitElsewhere(session: Session, instant: Date): Promise<void> {
  await using other = await session.another('nightjar publish', AbortSignal.timeout(30_000));
  await sleepUntil(other, instant);
}

async function sleepUntil(session: Session, instant: Date): Promise<void> {
  await session.decide(
    'select pg_sleep(greatest(0, extract(epoch from $1::timestamptz - clock_timestamp())::float8))',
    [instant],
  );
}
