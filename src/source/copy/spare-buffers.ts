/** Bytes of each. */
export const bufferSize = 256 * 1024;
/** As many as two connections have on their way; more are left to be collected. */
const kept = 8;

/** Of the whole process: each table would otherwise begin with new ones, and dozens of tables are read in a row. */
const spare: Buffer[] = [];

export function takeBuffer(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(bufferSize);
}

/** Gives one back whose bytes nobody reads any more. */
export function giveBuffer(buffer: Buffer): void {
  if (buffer.length === bufferSize && spare.length < kept) spare.push(buffer);
}
