import { isUtf8 } from 'node:buffer';

/** What became of a text that PostgreSQL does not take. */
export interface RepairedText {
  readonly bytes: Uint8Array;
  readonly hadNul: boolean;
  readonly wasNotUtf8: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Text without NUL, and with U+FFFD where bytes are not UTF-8. It is decoded first: a NUL between two halves of a
 * character must not make one of them.
 */
export function repairText(cell: Uint8Array): RepairedText {
  const hadNul = cell.includes(0);
  const text = decoder.decode(cell);
  return {
    bytes: Buffer.from(hadNul ? text.replaceAll('\0', '') : text, 'utf8'),
    hadNul,
    wasNotUtf8: !isUtf8(cell),
  };
}
