import { Writable } from 'node:stream';
import { NightjarError } from '../../error/nightjar-error.ts';
import { CopyOutput } from '../copy/copy-output.ts';
import { RepairLog } from '../repair-log.ts';
import type { CellFormat } from './cell-encoders.ts';
import { type Proof, proofs } from './proofs.ts';
import { readCells, readPackets } from './read-rows.ts';
import { RowWriter } from './row-writer.ts';
import { MysqlSession, type SessionOptions } from './session.ts';

const subject = { printed: 'a proof of two rows', raw: '' };

/** A session that knows whether it gives rows as packets. */
export async function openReader(options: SessionOptions): Promise<MysqlSession> {
  const session = await MysqlSession.open(options);
  try {
    session.givesPackets = await pathIsProven(session);
    return session;
  } catch {
    // The driver came to grief over it, and perhaps the connection with it.
    await session[Symbol.asyncDispose]();
    options.signal.throwIfAborted();
    return MysqlSession.open(options);
  }
}

/**
 * Whether rows can be had as packets on this connection: two rows, one of values and one of nulls, must come out the
 * same by that way and by the driver's own.
 */
async function pathIsProven(session: MysqlSession): Promise<boolean> {
  for (const proof of proofs) {
    const slow = await read(session, proof, 'text');
    // An older server has not everything that a proof needs.
    if (slow === undefined && proof.optional) continue;
    const fast = await read(session, proof, 'binary');
    if (slow?.rows !== 2 || fast?.rows !== 2 || !fast.copy.equals(slow.copy)) return false;
  }
  return true;
}

/** A proof's rows as binary COPY; `undefined` where the server refuses the statement. */
async function read(
  session: MysqlSession,
  proof: Proof,
  format: CellFormat,
): Promise<{ rows: number; copy: Buffer } | undefined> {
  const pieces: Buffer[] = [];
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(Buffer.from(piece));
      done();
    },
  });
  const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
  const names = proof.columns.map(({ column }) => column);
  const writer = new RowWriter({
    table: subject.printed,
    columns: names,
    output,
    repairs: new RepairLog(names),
    rowLimit: 1_000_000,
  });
  const reading = { session, subject, columns: proof.columns, writer };
  try {
    if (format === 'text') await readCells(reading, proof.select(format));
    else if (!(await readPackets(reading, proof.select(format)))) return undefined;
  } catch (error) {
    if (error instanceof NightjarError && error.code === 'NJ-SOURCE-QUERY') return undefined;
    throw error;
  }
  writer.end();
  await output.end();
  return { rows: writer.rows, copy: Buffer.concat(pieces) };
}
