import { hostname } from 'node:os';
import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { Session, type SessionOptions } from '../warehouse/session.ts';

/**
 * The right to publish in one environment, kept on a connection of its own: it is held for as long as that connection
 * lives, and every transaction that counts checks its number.
 */
export class Lease implements AsyncDisposable {
  readonly #session: Session;
  readonly fence: number;

  private constructor(session: Session, fence: number) {
    this.#session = session;
    this.fence = fence;
  }

  /** Throws NJ-PUBLISH-BUSY where another living runner holds it. */
  static async take(address: SessionOptions['address'], signal: AbortSignal): Promise<Lease> {
    const session = await Session.open({ address, purpose: 'nightjar lease', signal });
    try {
      const during = 'the taking of the lease';
      const holder = `process ${process.pid} on ${hostname()}`;
      const { fence } = await session.one<{ fence: number | null }>(
        during,
        'select nightjar.take_fence($1) as fence',
        [holder],
      );
      if (fence !== null) {
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
    // Also after an abort: the end of the connection says the same, but the server notices it a moment later.
    await this.#session.decide('select nightjar.release_fence($1)', [this.fence]).catch(() => undefined);
    crashPoint('lease.released');
    await this.#session[Symbol.asyncDispose]();
  }
}
