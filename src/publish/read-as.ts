import { nightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { requireRightsInForce, type Reading } from './rights-in-force.ts';

export interface ReadRequest extends Reading {
  readonly limit: number;
}

export interface ReadView {
  readonly generation: number;
  /** The date of its night. */
  readonly asOf: string;
  readonly publishedAt: string;
  /** Rows of the whole dataset. */
  readonly total: number;
  /** The first rows, by key. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Reads as a consumer would that connects now: through its views, with the rights of its role. Our own role must be a
 * member of it. Throws NJ-PUBLISH-NOT-IN-FORCE, NJ-PUBLISH-REFUSED.
 */
export async function readAs(session: Session, request: ReadRequest): Promise<ReadView> {
  const { schema, dataset } = request;
  const during = `the reading as ${request.consumer}`;
  return session.transaction(during, async () => {
    try {
      await requireRightsInForce(session, request);
      await session.raw("select set_config('nightjar.read_as', $1, true)", [request.consumer]);
      // As a server prints intervals to those who ask for no style of their own.
      await session.raw("set local intervalstyle = 'postgres'");
      await session.raw(`set local role ${quoteIdentifier(request.login)}`);
      const [generation] = await session.raw<{ generation: number; as_of: string; published_at: Date }>(
        `select generation, as_of::text, published_at from ${qualified(schema, 'generation')}`,
      );
      const from = qualified(schema, dataset ?? 'dataset');
      const rows = await session.raw<Record<string, unknown>>(
        dataset === undefined
          ? `select dataset, rows, bytes, digest from ${from} order by dataset`
          : `select * from ${from} order by ${identifierList(await keyOf(session, schema, dataset))} limit ${request.limit}`,
      );
      const [total] = await session.raw<{ rows: number }>(`select count(*) as rows from ${from}`);
      return {
        generation: generation?.generation ?? 0,
        asOf: generation?.as_of ?? '',
        publishedAt: generation?.published_at.toISOString() ?? '',
        total: total?.rows ?? 0,
        rows,
      };
    } catch (error) {
      throw readingRefusal(error, request) ?? warehouseFault(error, during);
    }
  });
}

/** A dataset's key, as its consumer may look it up. */
async function keyOf(session: Session, schema: string, dataset: string): Promise<readonly string[]> {
  const [row] = await session.raw<{ key: readonly string[] }>(
    `select key_columns as key from ${qualified(schema, 'dataset')} where dataset = $1`,
    [dataset],
  );
  return row?.key ?? [];
}

/** What reading() raises is written for people and holds no row value: it is passed on. */
function readingRefusal(error: unknown, request: ReadRequest): Error | undefined {
  const sqlstate = sqlstateOf(error);
  // No such schema or view: it is made by the first publication that has something to put in it.
  if (sqlstate === '42P01' || sqlstate === '3F000') {
    const what = request.dataset === undefined ? 'nothing' : `no dataset "${request.dataset}"`;
    const sentence = `${what} has been published yet for consumer "${request.consumer}"`;
    return nightjarError('NJ-PUBLISH-REFUSED', { sqlstate: 'NJ003', sentence });
  }
  if (sqlstate === undefined || !/^NJ00\d$/.test(sqlstate) || !(error instanceof Error)) return undefined;
  return nightjarError('NJ-PUBLISH-REFUSED', { sqlstate, sentence: error.message });
}
