import { DatabaseError } from 'pg';

/** Why the server did not take a piece of a file's SQL, and where in it. Nothing of the server's own words is in it. */
export interface Refusal {
  readonly sqlstate: string;
  /** `undefined` for what has no words of ours. */
  readonly meaning: string | undefined;
  /** The place in the piece, in UTF-16 units; `undefined` where the server names none, or one outside of it. */
  readonly offset: number | undefined;
  /** The name or operator that stands there; `undefined` for anything else, a constant among it. */
  readonly word: string | undefined;
}

/** What is wrong with SQL that the server reads and does not run. */
const meanings: Readonly<Record<string, string>> = {
  '22P02': 'a constant cannot be read as the type that it becomes',
  '22007': 'a constant is no date or time',
  '42601': 'its grammar does not read this',
  '42702': 'several tables have a column of this name',
  '42703': 'there is no column of this name',
  '42704': 'there is no type or other object of this name',
  '42725': 'several functions or operators of this name would do: cast what it is given',
  '42803': 'a column stands outside of an aggregate and is not grouped by',
  '42804': 'the types do not go together',
  '42846': 'the one type cannot be cast to the other',
  '42883': 'there is no function or operator of this name that takes these types',
  '42P01': 'there is no table of this name',
  '42P18': 'its type cannot be told',
};

/** A name (with what it belongs to), or an operator. */
const wordAt =
  /^(?:(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*))*|[-+*/<>=~!@#%^&|`?]+)/u;

/**
 * @param before what stands before the piece in the statement that was sent.
 * @returns `undefined` for what is no error of the server's.
 */
export function refusalOf(error: unknown, before: string, piece: string): Refusal | undefined {
  if (!(error instanceof DatabaseError) || error.code === undefined) return undefined;
  const offset = offsetIn(piece, Number(error.position) - 1 - Array.from(before).length);
  const word = offset === undefined ? undefined : wordAt.exec(piece.slice(offset))?.[0];
  return { sqlstate: error.code, meaning: meanings[error.code], offset, word };
}

/** The server counts characters. */
function offsetIn(piece: string, characters: number): number | undefined {
  const all = Array.from(piece);
  return characters >= 0 && characters < all.length ? all.slice(0, characters).join('').length : undefined;
}
