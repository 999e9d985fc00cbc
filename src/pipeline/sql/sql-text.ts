import type { FilePosition } from '../../error/nightjar-error.ts';
import { textPositions } from '../text-positions.ts';

/** A piece of SQL and where it came from. */
export interface SqlText {
  readonly text: string;
  /** The place of an offset that PostgreSQL's parser gives: bytes of UTF-8. */
  readonly atByte: (offset: number) => FilePosition;
  /** The place of an offset that PostgreSQL's errors give: characters. */
  readonly atCharacter: (offset: number) => FilePosition;
}

/** SQL that is a whole file. */
export function sqlOfFile(file: string, text: string): SqlText {
  const positions = textPositions(file, text);
  return sqlText(text, (unit) => positions.at(unit));
}

/**
 * SQL that is part of something else.
 * @param at gives the place of an offset in UTF-16 units.
 */
export function sqlText(text: string, at: (unit: number) => FilePosition): SqlText {
  let units: readonly number[] | undefined;
  return {
    text,
    atByte(offset) {
      units ??= unitsByByte(text);
      return at(units[Math.max(0, offset)] ?? text.length);
    },
    atCharacter: (offset) => at(Array.from(text).slice(0, Math.max(0, offset)).join('').length),
  };
}

/** For each byte of the text in UTF-8, the UTF-16 unit of its character. */
function unitsByByte(text: string): readonly number[] {
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    for (let byte = Buffer.byteLength(character); byte > 0; byte -= 1) units.push(unit);
    unit += character.length;
  }
  return units;
}
