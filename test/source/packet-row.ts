/**
 * A row as MySQL's binary protocol sends it: a zero, the bitmap of nulls, and the cells.
 *
 * @param widths by column, the bytes of a cell that has no length before it; 0 or nothing for one that has.
 */
export function packetRow(cells: readonly (Uint8Array | null)[], widths: readonly number[] = []): Buffer {
  const head = Buffer.alloc(1 + ((cells.length + 9) >> 3));
  cells.forEach((cell, column) => {
    const bit = column + 2;
    const at = 1 + (bit >> 3);
    if (cell === null) head.writeUInt8(head.readUInt8(at) | (1 << (bit & 7)), at);
  });
  const bodies = cells.flatMap((cell, column) => {
    if (cell === null) return [];
    return (widths[column] ?? 0) === 0 ? [lengthOf(cell.length), cell] : [cell];
  });
  return Buffer.concat([head, ...bodies]);
}

function lengthOf(length: number): Buffer {
  if (length < 251) return Buffer.from([length]);
  const wide = Buffer.alloc(9);
  wide.writeBigUInt64LE(BigInt(length), 1);
  const [code, width] = length < 2 ** 16 ? [252, 2] : length < 2 ** 24 ? [253, 3] : [254, 8];
  wide.writeUInt8(code, 0);
  return wide.subarray(0, 1 + width);
}
