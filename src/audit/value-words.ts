/** A value of a column whose values may be named, as a sentence names it. */
export function valueWords(value: string | null): string {
  if (value === null) return 'rows without a value';
  return value === '' ? 'an empty text' : `"${value}"`;
}
