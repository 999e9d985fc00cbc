/** Where a page comes from, as its first lines say. */
export function generatedFrom(what: string): readonly string[] {
  return [
    `<!-- Generated from ${what}: node scripts/with-node.mjs all scripts/generate-docs.ts. A test compares. -->`,
    '',
  ];
}

/** A table; what would end a cell is escaped. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

function cellText(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

export function code(text: string): string {
  return `\`${text}\``;
}
