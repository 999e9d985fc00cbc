/** What stands for "not all of these are digits" wherever digits are read; below any number that they can make. */
export const noDigits = -1;

/** The value of the digit at `at`, or a number above 9 where the byte is none. */
export function digitAt(source: DataView, at: number): number {
  return (source.getUint8(at) - 48) >>> 0;
}

/** The number that two digits at `at` make, or `noDigits`. */
export function twoDigitsAt(source: DataView, at: number): number {
  const tens = digitAt(source, at);
  const ones = digitAt(source, at + 1);
  return tens > 9 || ones > 9 ? noDigits : tens * 10 + ones;
}

/** The number that four digits at `at` make, or `noDigits`: all four are looked at together. */
export function fourDigitsAt(source: DataView, at: number): number {
  const word = source.getInt32(at);
  const digits = word - 0x30303030;
  // A byte below "0" borrows and sets its highest bit in the difference; one above "9" does so in the sum.
  if (((digits | (word + 0x46464646)) & 0x80808080) !== 0) return noDigits;
  return (
    (digits >>> 24) * 1_000 + ((digits >>> 16) & 255) * 100 + ((digits >>> 8) & 255) * 10 + (digits & 255)
  );
}
