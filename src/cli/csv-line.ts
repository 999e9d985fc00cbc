/** One line of CSV by RFC 4180, with its end; null is an empty cell. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => quoted(cell ?? '')).join(',')}\r\n`;
}

/**
 * A cell that a spreadsheet would take for a formula gets a quote before it: it comes from a source, and must do nothing
 * on the machine of whoever opens the file (OWASP, "CSV Injection").
 */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
