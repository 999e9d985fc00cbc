/** A row as MySQL's text protocol sends it: each cell behind its length, 251 for null. */
export function textRow(cells: readonly (Uint8Array | null)[]): Buffer {
  return Buffer.concat(
    cells.flatMap((cell) => (cell === null ? [Buffer.from([251])] : [lengthOf(cell.length), cell])),
  );
}

function lengthOf(length: number): Buffer {
  if (length < 251) return Buffer.from([length]);
  const wide = Buffer.alloc(9);
  wide.writeBigUInt64LE(BigInt(length), 1);
  const [code, width] = length < 2 ** 16 ? [252, 2] : length < 2 ** 24 ? [253, 3] : [254, 8];
  wide.writeUInt8(code, 0);
  return wide.subarray(0, 1 + width);
}
