import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Variables } from '../pipeline/setting.ts';
import type { CommonOptions } from './context.ts';

/** A deployment file and where its `${NAME}`s are looked up. */
export interface DeploymentFile {
  readonly file: string;
  readonly variables: Variables;
}

/** Where a demo that is up says so: its process, its deployment file, and the variables that file names. */
const runningDemo = resolve('.nightjar', 'demo', 'running.json');

/** The file that is meant: --file, NIGHTJAR_FILE, that of a demo that is up in this folder, nightjar.yaml. */
export async function deploymentFile(options: CommonOptions): Promise<DeploymentFile> {
  const demo = await findDemo();
  const file = options.file ?? process.env['NIGHTJAR_FILE'] ?? demo?.file ?? 'nightjar.yaml';
  const isDemo = demo !== undefined && resolve(file) === resolve(demo.file);
  return { file, variables: isDemo ? { ...process.env, ...demo.variables } : process.env };
}

export function isDemoFile(file: string): boolean {
  return resolve(file) === resolve('.nightjar', 'demo', 'nightjar.yaml');
}

async function findDemo(): Promise<{ readonly file: string; readonly variables: Variables } | undefined> {
  let text: string;
  try {
    text = await readFile(runningDemo, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (!isRunningDemo(value) || !isAlive(value.pid)) return undefined;
  return { file: value.file, variables: value.variables };
}

function isRunningDemo(
  value: unknown,
): value is { pid: number; file: string; variables: Record<string, string> } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'file' in value &&
    typeof value.file === 'string' &&
    'variables' in value &&
    typeof value.variables === 'object'
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
