import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Block } from './page.ts';

const blockLimitMs = 90_000;

export interface Stage {
  /** Where the files go and the commands run. */
  readonly folder: string;
  /** In place of what the page exports, by name: addresses of the servers at hand. */
  readonly settings: Readonly<Record<string, string>>;
  /** What the page's reader has besides. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Does what a page says: writes each block that has a file name, runs each `sh`, and compares each `text` with what the
 * commands before it printed. Gives the environment at the end.
 */
export async function perform(blocks: readonly Block[], stage: Stage): Promise<NodeJS.ProcessEnv> {
  const environment = { ...stage.environment };
  let printed = '';
  for (const block of blocks) {
    if (block.file !== undefined) {
      const path = join(stage.folder, block.file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${block.text}\n`);
    } else if (block.language === 'sh') {
      const commands = takeExports(block.text, stage.settings, environment);
      printed = commands === '' ? '' : await run(commands, block, stage.folder, environment);
    } else if (block.language === 'text') {
      compareOutput(printed, block);
    }
  }
  return environment;
}

/** Sets what `export` lines set; gives the other lines. */
function takeExports(
  text: string,
  settings: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): string {
  const lines = text.split('\n');
  for (const line of lines.filter((candidate) => candidate.startsWith('export '))) {
    for (const assignment of line.slice('export '.length).split(' ')) {
      const [name = '', value = ''] = assignment.split('=');
      environment[name] = settings[name] ?? value;
    }
  }
  return lines.filter((line) => !line.startsWith('export ')).join('\n');
}

async function run(
  commands: string,
  block: Block,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn('sh', ['-e', '-c', `exec 2>&1\n${commands}`], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: blockLimitMs,
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  assert.equal(code, 0, `the commands in line ${block.line} ended with ${String(code)}:\n${printed}`);
  return printed;
}

/** `…` on the page stands for whatever there is. */
export function compareOutput(printed: string, block: Block): void {
  const pattern = block.text
    .split('…')
    .map((part) => RegExp.escape(part))
    .join('.*');
  if (new RegExp(`^${pattern}$`).test(printed.trimEnd())) return;
  assert.equal(printed.trimEnd(), block.text, `the output in line ${block.line} is not what the page shows`);
}
