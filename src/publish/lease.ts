import { hostname } from 'node:os';
import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { withLockTimeout } from '../warehouse/lock-timeout.ts';
import { Session, type SessionOptions } from '../warehouse/session.ts';

/** How often the holder gives a sign, in milliseconds, and after what silence the server ends the lease's connection. */
const signInterval = 5_000;
const silenceLimit = '30s';

/** For how long the fence is waited for: a former holder that is paused in a transaction has it for half a minute. */
const fenceLimit = '40s';

/** What a run works with besides the connection that waits for the fence. */
const workSessions = ['nightjar extract', 'nightjar build', 'nightjar progress'];

/**
 * The right to publish in one environment, kept on a connection of its own: it is held for as long as that connection
 * lives, and every transaction that counts checks its number. The server ends the connection of a holder that has given
 * no sign for half a minute: one that is paused, or cut off, keeps nobody else from the night.
 */
export class Lease implements AsyncDisposable {
  readonly #session: Session;
  readonly #signs: NodeJS.Timeout;
  readonly fence: number;

  private constructor(session: Session, fence: number) {
    this.#session = session;
    this.fence = fence;
    this.#signs = setInterval(() => {
      // Where it fails the lease is lost, and the fence says so to whoever publishes.
      session.decide('select').catch(() => undefined);
    }, signInterval).unref();
  }

  /** Throws NJ-PUBLISH-BUSY where another living runner holds it, NJ-WAREHOUSE-LOCKED where someone keeps its row locked. */
  static async take(address: SessionOptions['address'], signal: AbortSignal): Promise<Lease> {
    const session = await Session.open({ address, purpose: 'nightjar lease', signal });
    try {
      const during = 'the taking of the lease';
      const holder = `process ${process.pid} on ${hostname()}`;
      const { fence } = await withLockTimeout(session, fenceLimit, () =>
        session.one<{ fence: number | null }>(during, 'select nightjar.take_fence($1) as fence', [holder]),
      );
      if (fence !== null) {
        await session.query(during, `set idle_session_timeout = '${silenceLimit}'`);
        await endFormerWork(session);
        crashPoint('lease.taken');
        return new Lease(session, fence);
      }
      const other = await session.one<{ holder: string; since: Date }>(
        during,
        'select holder, held_since as since from nightjar.fence',
      );
      throw nightjarError('NJ-PUBLISH-BUSY', { holder: other.holder, since: other.since.toISOString() });
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#signs);
    // Also after an abort: the end of the connection says the same, but the server notices it a moment later.
    await this.#session.decide('select nightjar.release_fence($1)', [this.fence]).catch(() => undefined);
    crashPoint('lease.released');
    await this.#session[Symbol.asyncDispose]();
  }
}

/**
 * Ends what former holders still have at work in the warehouse: statements that outlived their runner, transactions of one
 * that is paused. They could publish nothing, but would keep their tables from being taken away.
 */
async function endFormerWork(session: Session): Promise<void> {
  await session.query(
    'the end of what a former run has at work',
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and usename = current_user and application_name = any ($1)`,
    [workSessions],
  );
}
