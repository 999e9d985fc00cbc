import { readFile } from 'node:fs/promises';

export const hazardTable = new URL('../../docs/reference/hazards.md', import.meta.url);

/** A line of the table in docs/reference/hazards.md. */
export interface HazardRow {
  /** `H1`. */
  readonly hazard: string;
  readonly described: string;
  readonly seen: string;
  readonly where: string;
  /** `file › name`, each. */
  readonly tests: readonly string[];
}

export async function readHazardTable(): Promise<readonly HazardRow[]> {
  return hazardRows(await readFile(hazardTable, 'utf8'));
}

export function hazardRows(page: string): readonly HazardRow[] {
  return page
    .split('\n')
    .filter((line) => /^\| *H\d+ *\|/.test(line))
    .map((line) => {
      const [hazard = '', described = '', seen = '', where = '', test = '', ...more] = line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim());
      if (more.length > 0) throw new Error(`${hazard} has a cell too many: ${more.join(' | ')}`);
      return {
        hazard,
        described,
        seen,
        where,
        tests: [...test.matchAll(/`([^`]+ › [^`]+)`/g)].map(([, name = '']) => name),
      };
    });
}

/** A sentence for each test that the table names and that did not run and pass. */
export function unprovedHazards(rows: readonly HazardRow[], passed: ReadonlySet<string>): readonly string[] {
  return rows.flatMap(({ hazard, tests }) =>
    tests
      .filter((name) => !passed.has(name))
      .map((name) => `${hazard}: docs/reference/hazards.md names a test that did not run and pass: ${name}`),
  );
}
