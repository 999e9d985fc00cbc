import { Writable } from 'node:stream';
import type { RawType } from '../../pipeline/raw-type.ts';
import { CopyOutput } from '../copy/copy-output.ts';
import { RepairLog } from '../repair-log.ts';
import { encoderFor } from './cell-encoders.ts';
import { RowEncoder } from './row-encoder.ts';
import { MysqlSession, type SessionOptions } from './session.ts';

/** A value of each raw type, each length of a length (one, three, four bytes), and what only some bytes show. */
const samples: readonly (readonly [raw: RawType, sql: string])[] = [
  ['int8', 'CAST(-9223372036854775808 AS SIGNED)'],
  ['numeric', "CAST('-12345.678900' AS DECIMAL(20,6))"],
  ['float4', 'CAST(0.1 AS DOUBLE)'],
  ['float8', 'CAST(-1.5e-7 AS DOUBLE)'],
  ['bool', '(1 = 1)'],
  ['date', "CAST('2024-02-29' AS DATE)"],
  ['timestamp', "CAST('2024-02-29 23:59:59.123456' AS DATETIME(6))"],
  ['interval', "CAST('-838:59:58.999999' AS TIME(6))"],
  ['text', "'aé€😀'"],
  ['text', "REPEAT('x', 300)"],
  ['text', "REPEAT('y', 70000)"],
  ['text', "''"],
  ['bytea', "CAST(x'00FB80FF' AS BINARY)"],
];

const subject = { printed: 'a proof of two rows', raw: '' };

/** A session that knows whether it gives rows as bytes. */
export async function openReader(options: SessionOptions): Promise<MysqlSession> {
  const session = await MysqlSession.open(options);
  try {
    session.givesBytes = await pathIsProven(session);
    return session;
  } catch {
    // The driver came to grief over it, and perhaps the connection with it.
    await session[Symbol.asyncDispose]();
    options.signal.throwIfAborted();
    return MysqlSession.open(options);
  }
}

/**
 * Whether rows can be had as bytes on this connection: two rows, one of values and one of nulls, must come out the same
 * by that way and by the driver's own.
 */
async function pathIsProven(session: MysqlSession): Promise<boolean> {
  const slow = await proof(session, false);
  const fast = await proof(session, true);
  return fast.rows === 2 && slow.rows === 2 && fast.copy.equals(slow.copy);
}

async function proof(session: MysqlSession, asBytes: boolean): Promise<{ rows: number; copy: Buffer }> {
  const pieces: Buffer[] = [];
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(Buffer.from(piece));
      done();
    },
  });
  const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
  const repairs = new RepairLog([]);
  let encoder: RowEncoder | undefined;
  const values = samples.map(([, sql], index) => `${sql} AS c${String(index)}`).join(', ');
  const nulls = samples.map(() => 'NULL').join(', ');
  await session.stream(`SELECT ${values} UNION ALL SELECT ${nulls}`, subject, {
    fields: (fields) => {
      const columns = samples.map(([raw, sql], index) => {
        const field = fields[index];
        const encode = field === undefined ? undefined : encoderFor(raw, field);
        if (encode === undefined) throw new Error(`no encoder for ${sql}`);
        return { name: sql, encode };
      });
      encoder = new RowEncoder({ table: 'proof', columns, output, repairs, rowLimit: 1_000_000 });
    },
    bytes: asBytes ? (buffer, start, end) => encoder?.packet(buffer, start, end) : undefined,
    cells: (cells) => {
      if (!asBytes) encoder?.cells(cells);
    },
  });
  encoder?.end();
  await output.end();
  return { rows: encoder?.rows ?? 0, copy: Buffer.concat(pieces) };
}
