import { qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * Has the warehouse look at each raw table as soon as it is loaded, while the next ones are read: without statistics the
 * datasets would be planned as if it had a few rows.
 */
export class Analysis {
  readonly #session: Session;
  readonly #schema: string;
  #last: Promise<void> = Promise.resolve();

  /** @param session nothing else is asked of it until `end`. */
  constructor(session: Session, schema: string) {
    this.#session = session;
    this.#schema = schema;
  }

  add(table: string): void {
    this.#last = this.#last.then(async () => {
      await this.#session.query(
        `the analysis of raw table ${table}`,
        `analyze ${qualified(this.#schema, table)}`,
      );
    });
    // Whoever waits for the end learns of a failure; until then it is nobody's.
    this.#last.catch(() => undefined);
  }

  /** Waits for all that were added; throws the first failure. */
  end(): Promise<void> {
    return this.#last;
  }
}
