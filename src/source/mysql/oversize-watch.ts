import type { MysqlSession } from './session.ts';

/** Bytes. What may have arrived beyond the row at hand: the beginning of the next one, and the heads of packets. */
const slack = 1024 * 1024;

export interface OversizeWatchOptions {
  /** Rows that were taken so far. */
  readonly rows: () => number;
  /** Bytes that one row may have. */
  readonly limit: number;
  /** Told the bytes that the row has at least; perhaps more than once. */
  readonly onOversize: (bytes: number) => void;
}

/**
 * Notices a row over the limit while it arrives: the driver keeps all of a row's packets, up to a gigabyte, before it
 * gives us the row.
 */
export function watchOversize(
  session: MysqlSession,
  { rows, limit, onOversize }: OversizeWatchOptions,
): Disposable {
  let rowsThen = rows();
  let arrived = 0;
  return session.onArrival((bytes) => {
    const rowsNow = rows();
    arrived = rowsNow === rowsThen ? arrived + bytes : 0;
    rowsThen = rowsNow;
    if (arrived > limit + slack) onOversize(arrived);
  });
}
