import type { DeclaredType } from './declared-type.ts';

const largest = new Map([
  ['smallint', 2n ** 15n],
  ['integer', 2n ** 31n],
  ['bigint', 2n ** 63n],
]);

/** Whether a cell's text is a value of the type, in the one way of writing it that every server reads alike. */
export function isSeedCell(text: string, type: DeclaredType): boolean {
  switch (type.raw) {
    case 'int8': {
      if (!/^-?\d{1,19}$/.test(text)) return false;
      const bound = largest.get(type.text) ?? 2n ** 63n;
      const value = BigInt(text);
      return value >= -bound && value < bound;
    }
    case 'numeric':
      return fitsNumeric(text, type.capacity);
    case 'float4':
    case 'float8':
      return /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text));
    case 'bool':
      return text === 'true' || text === 'false';
    case 'date':
      return isDate(text);
    case 'timestamp':
      return isTimestamp(text, type.capacity[0] ?? 0);
    case 'interval':
      return /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,6})?S)?)?$/.test(text);
    case 'text':
      return Array.from(text).length <= (type.capacity[0] ?? Number.POSITIVE_INFINITY);
    case 'bytea':
      return (
        /^\\x([0-9a-f]{2})*$/i.test(text) &&
        (text.length - 2) / 2 <= (type.capacity[0] ?? Number.POSITIVE_INFINITY)
      );
  }
}

/** How a cell of the type is written, for messages. */
export function seedCellForm(type: DeclaredType): string {
  switch (type.raw) {
    case 'bool':
      return 'true or false';
    case 'date':
      return 'a date of the calendar such as 2021-09-29';
    case 'timestamp':
      return `a ${type.text} such as 2021-09-29 02:40:00`;
    case 'interval':
      return 'an interval such as P56D or PT2H30M';
    case 'bytea':
      return `${type.text} such as \\x00ff`;
    default:
      return `a value of type ${type.text}`;
  }
}

function fitsNumeric(text: string, capacity: readonly number[]): boolean {
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return false;
  const [before = Number.POSITIVE_INFINITY, behind = Number.POSITIVE_INFINITY] = capacity;
  const whole = (match[1] ?? '').replace(/^0+/, '');
  return whole.length <= before && (match[2] ?? '').length <= behind;
}

function isDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // JavaScript carries 31 February over into March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isTimestamp(text: string, digits: number): boolean {
  const match = /^(\S+)[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(\d+))?$/.exec(text);
  return match !== null && isDate(match[1] ?? '') && (match[3] ?? '').length <= digits;
}
