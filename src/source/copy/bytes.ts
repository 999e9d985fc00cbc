/** A view of all of an array's bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The bytes `[start, end)` of a view, sharing its memory. */
export function bytesOf(view: DataView, start: number, end: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, end - start);
}

/** A field that is null, which is one of length -1; gives the offset behind it. */
export function writeNull(target: DataView, at: number): number {
  target.setInt32(at, -1);
  return at + 4;
}
