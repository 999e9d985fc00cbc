/**
 * Takes every packet of MySQL's protocol that holds `marker` out of a stream, and renumbers those behind it, as a broken
 * middleman would have to: neither driver nor protocol can notice.
 */
export function loseRows(marker: string): (piece: Buffer) => Buffer {
  let waiting = Buffer.alloc(0);
  let lost = 0;
  let previous = 0;
  return (piece) => {
    waiting = Buffer.concat([waiting, piece]);
    const kept: Buffer[] = [];
    while (waiting.length >= 4) {
      const length = waiting.readUIntLE(0, 3);
      if (waiting.length < 4 + length) break;
      const packet = Buffer.from(waiting.subarray(0, 4 + length));
      waiting = waiting.subarray(4 + length);
      const sequence = packet.readUInt8(3);
      // A new answer begins at 1 (or 0); within one, numbers go up and round.
      if (sequence <= 1 && previous !== 255 && previous !== 0) lost = 0;
      previous = sequence;
      if (packet.includes(marker)) {
        lost++;
        continue;
      }
      packet.writeUInt8((sequence - lost + 256) % 256, 3);
      kept.push(packet);
    }
    return Buffer.concat(kept);
  };
}
