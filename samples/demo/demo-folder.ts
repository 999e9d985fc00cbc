import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that the demo keeps, in one folder of the checkout. */
export const demoFolder = join('.nightjar', 'demo');

export const demoFiles = {
  postgres: join(demoFolder, 'postgres'),
  deployment: join(demoFolder, 'nightjar.yaml'),
  state: join(demoFolder, 'state.json'),
  /** Written while the demo is up: the other commands find it, and its passwords, here. */
  running: join(demoFolder, 'running.json'),
};

/** What the demo remembers between two days. */
export interface DemoState {
  readonly firstDay: string;
  readonly today: string;
}

export async function readState(): Promise<DemoState | undefined> {
  let text: string;
  try {
    text = await readFile(demoFiles.state, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('firstDay' in value) || !('today' in value))
    return undefined;
  const { firstDay, today } = value;
  return typeof firstDay === 'string' && typeof today === 'string' ? { firstDay, today } : undefined;
}

export async function writeState(state: DemoState): Promise<void> {
  await mkdir(demoFolder, { recursive: true });
  await writeFile(demoFiles.state, JSON.stringify(state));
}

export async function removeDemo(): Promise<void> {
  await rm(demoFolder, { recursive: true, force: true });
}
