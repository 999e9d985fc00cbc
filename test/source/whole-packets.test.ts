import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WholePackets } from '../../src/source/mysql/whole-packets.ts';

/** A packet of MySQL's protocol whose bytes are all `fill`. */
function packet(length: number, fill: number): Buffer {
  const bytes = Buffer.alloc(4 + length, fill);
  bytes.writeUIntLE(length, 0, 3);
  return bytes;
}

/** Feeds bytes as they come, in pieces of at most `pieceSize`; gives what came out, each piece as it was then and later. */
function feed(bytes: Buffer, pieceSize: number, isReused: boolean): { then: Buffer[]; later: Buffer[] } {
  const then: Buffer[] = [];
  const later: Buffer[] = [];
  const packets = new WholePackets((piece) => {
    then.push(Buffer.from(piece));
    later.push(piece);
  });
  packets.isReused = isReused;
  for (let at = 0; at < bytes.length;) {
    const { room } = packets;
    assert.ok(room.length > 0);
    const taken = bytes.copy(room, 0, at, at + Math.min(pieceSize, room.length));
    packets.take(taken);
    at += taken;
  }
  return { then, later };
}

const lengths = fc.array(
  fc.oneof(fc.nat(300), fc.constantFrom(0, 262_139, 262_140, 262_141, 300_000, 600_000)),
  { minLength: 1, maxLength: 12 },
);

test('what comes is what goes, in whole packets but for those that do not fit', () => {
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 400_000 }), fc.boolean(), (all, size, isReused) => {
      const sent = all.map((length, index) => packet(length, index + 1));
      // Single bytes of long packets would take minutes.
      const pieceSize = Math.max(size, Math.ceil(Math.max(...all) / 500));
      const { then } = feed(Buffer.concat(sent), pieceSize, isReused);
      assert.ok(Buffer.concat(then).equals(Buffer.concat(sent)));
      const ends = new Set<number>();
      let end = 0;
      for (const one of sent) ends.add((end += one.length));
      const fit = all.every((length) => length + 4 <= 262_144);
      let at = 0;
      for (const piece of then) assert.ok(ends.has((at += piece.length)) || !fit);
    }),
    { numRuns: 300 },
  );
});

test('what is given stays as it is, unless it may be overwritten: then no memory is taken for it', () => {
  const sent = Buffer.concat(Array.from({ length: 5_000 }, (_, index) => packet(200, index % 256)));
  const kept = feed(sent, 65_536, false);
  assert.ok(Buffer.concat(kept.later).equals(sent));
  const reused = feed(sent, 65_536, true);
  assert.ok(Buffer.concat(reused.then).equals(sent));
  assert.equal(new Set(reused.later.map((piece) => piece.buffer)).size, 1);
});

test('pieces of a packet that does not fit stay as they are, since the driver keeps them', () => {
  const sent = Buffer.concat([packet(10, 1), packet(900_000, 2), packet(10, 3)]);
  const { later } = feed(sent, 65_536, true);
  // The whole packets before and behind it may be overwritten.
  assert.ok(Buffer.concat(later.slice(1, -1)).equals(sent.subarray(14, sent.length - 14)));
});
