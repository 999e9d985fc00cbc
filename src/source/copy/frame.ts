/** What a binary COPY begins with: the signature, no flags, no extension (PostgreSQL manual, COPY, "Binary Format"). */
export const copyHeader: Uint8Array = Uint8Array.from([
  ...Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
  ...[0, 0, 0, 0],
  ...[0, 0, 0, 0],
]);

/** What it ends with: a row of -1 fields. */
export const copyTrailer: Uint8Array = Uint8Array.from([0xff, 0xff]);
