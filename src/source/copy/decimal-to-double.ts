import { digitAt } from './digits.ts';

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const digitsOfDouble = 15;
const minus = 45;
const plus = 43;
const point = 46;
const smallE = 101;
const capitalE = 69;

/**
 * The double nearest to the decimal number in `[start, end)`; NaN where it is none.
 *
 * Up to fifteen digits and a power of ten up to 22 are two exact doubles, and one operation on them rounds once
 * (Clinger, "How to read floating point numbers accurately", 1990). Anything longer goes through a string.
 */
export function decimalToDouble(source: DataView, start: number, end: number): number {
  if (start === end) return Number.NaN;
  const negative = source.getUint8(start) === minus;
  let at = negative ? start + 1 : start;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  let behindPoint = false;
  for (; at < end; at++) {
    const digit = digitAt(source, at);
    if (digit <= 9) {
      mantissa = mantissa * 10 + digit;
      if (mantissa !== 0 && ++digits > digitsOfDouble) return throughString(source, start, end);
      if (behindPoint) exponent--;
    } else if (source.getUint8(at) === point && !behindPoint) {
      behindPoint = true;
    } else {
      break;
    }
  }
  if (at < end) exponent += exponentAt(source, at, end);
  if (!(exponent <= 22 && exponent >= -22)) return throughString(source, start, end);
  const power = powers[exponent < 0 ? -exponent : exponent] ?? Number.NaN;
  const value = exponent < 0 ? mantissa / power : mantissa * power;
  return negative ? -value : value;
}

/** The number behind an "e" at `at`, or NaN. */
function exponentAt(source: DataView, at: number, end: number): number {
  const letter = source.getUint8(at);
  if ((letter !== smallE && letter !== capitalE) || at + 1 === end) return Number.NaN;
  const sign = source.getUint8(at + 1);
  let exponent = 0;
  for (let i = sign === minus || sign === plus ? at + 2 : at + 1; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return Number.NaN;
    exponent = exponent * 10 + digit;
  }
  return sign === minus ? -exponent : exponent;
}

function throughString(source: DataView, start: number, end: number): number {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(source.getUint8(i));
  return Number(text);
}
