/**
 * Chance that depends on nothing but its three numbers: the seed, what is asked (a stream) and for which row.
 * Row 4,711 of a table is therefore the same whoever makes it, in whatever order, on whatever system.
 */
export class Dice {
  private state: number;

  constructor(seed: number, stream: number, index: number) {
    this.state = scramble(scramble(scramble(seed ^ 0x9e3779b9) ^ stream) ^ index);
  }

  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number {
    return Math.floor(this.share() * bound);
  }

  /** From 0 up to, not including, 1. */
  share(): number {
    return this.bits() / 4294967296;
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('Nothing can be picked from an empty list.');
    return found;
  }

  /** 32 bits, by mulberry32 (public domain, Tommy Ettinger). */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

/** A stream's number, from its name. Made once, when a file is loaded. */
export function stream(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return scramble(hash);
}

/** Eight hexadecimal digits a draw, in the shape of a random UUID. */
export function uuid(dice: Dice): string {
  const hex = [dice.bits(), dice.bits(), dice.bits(), dice.bits()]
    .map((bits) => bits.toString(16).padStart(8, '0'))
    .join('');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The finaliser of MurmurHash3: every bit of the input changes about half of the output's. */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
