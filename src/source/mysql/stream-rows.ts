import type { Connection, FieldPacket, PrepareStatementInfo } from 'mysql2';
import { takePackets, type TakePacket } from './driver-internals.ts';

/** Takes the cells of a row, each the bytes of its text. */
export type TakeCells = (cells: readonly (Uint8Array | null)[]) => void;

/**
 * Gives what takes the rows of a result, once its columns are known. Both may throw: the statement then fails with that.
 */
export type RowsOf<Take> = (fields: readonly FieldPacket[]) => Take;

/** How a statement ends. */
export interface Settle<Result> {
  readonly done: (result: Result) => void;
  /** The server has answered with an error: the connection is free again. */
  readonly refused: (error: unknown) => void;
  /** We cannot go on, though the server does: it is stopped. */
  readonly failed: (error: unknown) => void;
}

/** Streams the rows of a prepared query as packets of the binary protocol. */
export function streamPackets(
  statement: PrepareStatementInfo,
  rowsOf: RowsOf<TakePacket>,
  settle: Settle<undefined>,
): void {
  const guard = new Guard(settle);
  const execution = statement.execute([]);
  takePackets(execution, (fields) => {
    const take = guard.try(() => rowsOf(fields));
    return (buffer, start, end) => {
      if (guard.over) return;
      // Not `guard.try`: a function made for each row is not for nothing.
      try {
        take?.(buffer, start, end);
      } catch (error) {
        guard.fail(error);
      }
    };
  });
  execution.on('error', settle.refused);
  execution.on('end', () => {
    guard.end();
  });
}

/** Streams the rows of a query as cells of the text protocol, which the driver takes apart. */
export function streamCells(
  connection: Connection,
  sql: string,
  rowsOf: RowsOf<TakeCells>,
  settle: Settle<undefined>,
): void {
  const guard = new Guard(settle);
  const query = connection.query({ sql, rowsAsArray: true, typeCast: (field) => field.buffer() });
  let take: TakeCells | undefined;
  query.on('fields', (fields: unknown) => {
    take = guard.try(() => rowsOf(Array.isArray(fields) ? fields : []));
  });
  query.on('result', (row: unknown) => {
    guard.try(() => take?.(Array.isArray(row) ? row.map(toCell) : []));
  });
  query.on('error', settle.refused);
  query.on('end', () => {
    guard.end();
  });
}

/** Keeps a handler's error from the driver, which would end the connection and say that it was lost. */
class Guard {
  /** Whether the statement has failed: what still comes is nobody's. */
  over = false;
  readonly #settle: Settle<undefined>;

  constructor(settle: Settle<undefined>) {
    this.#settle = settle;
  }

  try<Result>(step: () => Result): Result | undefined {
    if (this.over) return undefined;
    try {
      return step();
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  fail(error: unknown): void {
    this.over = true;
    this.#settle.failed(error);
  }

  end(): void {
    if (!this.over) this.#settle.done(undefined);
  }
}

function toCell(cell: unknown): Uint8Array | null {
  return cell instanceof Uint8Array ? cell : null;
}
