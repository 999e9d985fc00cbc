/** As much as is read at a time, with what of a packet is left from before; longer packets go another way. */
const size = 256 * 1024;
/** The length of a packet in three bytes, least significant first, and its number (MySQL manual, "Protocol::Packet"). */
const headerSize = 4;

/**
 * Takes what comes over a connection and gives it on in whole packets, out of one piece of memory: what is left of a
 * packet at the end moves to the beginning, and the next bytes are read behind it. Without it each reading takes a
 * new piece, and so do the packets that lie across two; at the speed of a loopback that is memory of 50 MB at a time, until
 * it is collected.
 */
export class WholePackets {
  /**
   * Whether what is given may be overwritten as soon as it was given: where nothing of it is kept. Otherwise, and for
   * pieces of a packet that does not fit, it is a copy.
   */
  isReused = false;
  readonly #memory = Buffer.allocUnsafeSlow(size);
  /** Bytes at the beginning that wait for the rest of their packet. */
  #waiting = 0;
  /** Bytes still to come of a packet that is given in pieces. */
  #passing = 0;
  readonly #give: (packets: Buffer) => void;

  constructor(give: (packets: Buffer) => void) {
    this.#give = give;
  }

  /** Where the next bytes go. Never empty. */
  get room(): Buffer {
    return this.#memory.subarray(this.#waiting);
  }

  /** So many bytes have been written to `room`. */
  take(bytes: number): void {
    const memory = this.#memory;
    const end = this.#waiting + bytes;
    const begin = Math.min(this.#passing, end);
    this.#passing -= begin;
    if (begin > 0) this.#give(Buffer.from(memory.subarray(0, begin)));
    let whole = begin;
    let length = packetLength(memory, whole, end);
    while (length <= end - whole) {
      whole += length;
      length = packetLength(memory, whole, end);
    }
    if (whole > begin) {
      const packets = memory.subarray(begin, whole);
      this.#give(this.isReused ? packets : Buffer.from(packets));
    }
    if (length > size && length !== Infinity) {
      this.#give(Buffer.from(memory.subarray(whole, end)));
      this.#passing = length - (end - whole);
      whole = end;
    }
    memory.copyWithin(0, whole, end);
    this.#waiting = end - whole;
  }
}

/** Bytes of the packet at `at`, its header among them; Infinity where its length is not there yet. */
function packetLength(memory: Buffer, at: number, end: number): number {
  return end - at < headerSize ? Infinity : headerSize + memory.readUIntLE(at, 3);
}
