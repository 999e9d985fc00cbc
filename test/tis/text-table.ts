/** A row as text, by column; null where the table has a middle dot. */
export type TextRow = Readonly<Record<string, string | null>>;

/**
 * Rows as people write them down: names above, one row a line, cells between bars. `·` is null; a cell in single quotes
 * keeps its blanks.
 */
export function across(text: string): readonly TextRow[] {
  const [names = [], ...rows] = linesOf(text);
  return rows.map((cells) => rowOf(names, cells));
}

/** The same turned on its side, for many columns and few rows: each line has a name and then that column's cells. */
export function down(text: string): readonly TextRow[] {
  const lines = linesOf(text);
  const names = lines.map(([name = '']) => name);
  const count = (lines[0]?.length ?? 1) - 1;
  return Array.from({ length: count }, (_, row) => {
    const cells = lines.map((line) => {
      if (line.length !== count + 1)
        throw new Error(`${line[0] ?? ''}: ${line.length - 1} cells, not ${count}.`);
      return line[row + 1] ?? '';
    });
    return rowOf(names, cells);
  });
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('|').map((cell) => cell.replace(/^[ ]+|[ ]+$/g, '')));
}

function rowOf(names: readonly string[], cells: readonly string[]): TextRow {
  if (cells.length !== names.length) {
    throw new Error(`${cells.length} cells under ${names.length} names: ${cells.join(' | ')}`);
  }
  return Object.fromEntries(names.map((name, at) => [name, valueOf(cells[at] ?? '')]));
}

function valueOf(cell: string): string | null {
  if (cell === '·') return null;
  return /^'.*'$/.test(cell) ? cell.slice(1, -1) : cell;
}
