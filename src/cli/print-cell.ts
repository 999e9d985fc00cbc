const width = 28;

/** What a terminal may obey, and what breaks a line. */
const control = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as a cell of a table for people: on one line, not too wide, and with nothing in it that a terminal obeys. */
export function printCell(value: unknown): string {
  if (value === null || value === undefined) return '∅';
  const text = textOf(value).replace(
    control,
    (found) => short[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const characters = Array.from(text);
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
