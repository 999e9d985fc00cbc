import assert from 'node:assert/strict';
import { access, glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { projectRoot, readPage } from './page.ts';

test('every link between the pages leads somewhere', async () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];
  for await (const page of glob('docs/**/*.md', { cwd: projectRoot })) pages.push(page);
  assert.ok(pages.length > 12);
  const broken: string[] = [];
  for (const page of pages) {
    const text = (await readPage(page)).replaceAll(/```[\s\S]*?```/g, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(projectRoot, page) : join(projectRoot, dirname(page), path);
      if (!(await leads(file, anchor))) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

async function leads(file: string, anchor: string | undefined): Promise<boolean> {
  try {
    if (anchor === undefined) await access(file);
    return anchor === undefined || anchorsOf(await readFile(file, 'utf8')).includes(anchor);
  } catch {
    return false;
  }
}

/** As GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
