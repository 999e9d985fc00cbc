import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..');

/** A fenced block of a page. */
export interface Block {
  /** `sh`, `yaml`, … */
  readonly language: string;
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** The file that the line before names, as in "`shop.sql`:". */
  readonly file: string | undefined;
}

export async function readPage(page: string): Promise<string> {
  return readFile(join(projectRoot, page), 'utf8');
}

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const language = /^```(\w+)$/.exec(lines[at] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    const before = lines.slice(0, at).findLast((line) => line !== '') ?? '';
    blocks.push({
      language,
      text: lines.slice(at + 1, end).join('\n'),
      line: at + 1,
      file: /`([^`]+)`:$/.exec(before)?.[1],
    });
    at = end;
  }
  return blocks;
}

/** The rows of the tables below a heading (of any level), each the text of its cells. */
export function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`the page has no heading "${heading}"`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line));
  return rest
    .slice(0, end < 0 ? undefined : end)
    .filter((line, index, all) => line.startsWith('|') && !(all[index + 1] ?? '').startsWith('| ---'))
    .filter((line) => !line.startsWith('| ---'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
