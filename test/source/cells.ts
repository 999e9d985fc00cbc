/** Cells of MySQL's binary protocol, made of values. */

/** An integer of `width` bytes, least significant first; a negative one in two's complement. */
export function integerCell(value: bigint, width: number): Buffer {
  const cell = Buffer.alloc(8);
  cell.writeBigUInt64LE(BigInt.asUintN(64, value));
  return cell.subarray(0, width);
}

export function floatCell(value: number): Buffer {
  const cell = Buffer.alloc(4);
  cell.writeFloatLE(value);
  return cell;
}

export function doubleCell(value: number): Buffer {
  const cell = Buffer.alloc(8);
  cell.writeDoubleLE(value);
  return cell;
}

/** The cell of `YYYY-MM-DD[ HH:MM:SS[.ffffff]]`, no longer than it must be, as a server sends it. */
export function momentCell(text: string): Buffer {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :.]/).map(Number);
  const micros = microsecondsOf(text);
  const cell = Buffer.alloc(11);
  cell.writeUInt16LE(year);
  cell.set([month, day, hour, minute, second], 2);
  cell.writeUInt32LE(micros, 7);
  const date = year + month + day > 0 ? 4 : 0;
  return cell.subarray(0, micros > 0 ? 11 : hour + minute + second > 0 ? 7 : date);
}

/** The cell of `[-]HHH:MM:SS[.ffffff]`, likewise. */
export function intervalCell(text: string): Buffer {
  const [hours = 0, minute = 0, second = 0] = text.replace('-', '').split(/[:.]/).map(Number);
  const micros = microsecondsOf(text);
  const cell = Buffer.alloc(12);
  cell.writeUInt8(text.startsWith('-') ? 1 : 0);
  cell.writeUInt32LE(Math.floor(hours / 24), 1);
  cell.set([hours % 24, minute, second], 5);
  cell.writeUInt32LE(micros, 8);
  return cell.subarray(0, micros > 0 ? 12 : hours + minute + second > 0 ? 8 : 0);
}

function microsecondsOf(text: string): number {
  const [, fraction = ''] = text.split('.');
  return Number(fraction.padEnd(6, '0'));
}
