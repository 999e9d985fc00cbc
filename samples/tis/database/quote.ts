/**
 * Names in double quotes for both systems: PostgreSQL's own way, and MySQL's under ANSI_QUOTES, which every
 * connection of the sample sets. So one SQL text serves both.
 */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal. Backslashes are doubled by nobody: MySQL runs under NO_BACKSLASH_ESCAPES for the same reason. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
