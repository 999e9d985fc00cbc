import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Variables } from '../pipeline/setting.ts';
import type { CommonOptions } from './context.ts';
import { demoFiles } from './demo-files.ts';

/** A deployment file and where its `${NAME}`s are looked up. */
export interface DeploymentFile {
  readonly file: string;
  readonly variables: Variables;
  /** The day that a demo lives, which runs ahead of ours; `undefined` for any other file. */
  readonly today: string | undefined;
}

/** The file that is meant: --file, NIGHTJAR_FILE, that of a demo that is up in this folder, nightjar.yaml. */
export async function deploymentFile(options: CommonOptions): Promise<DeploymentFile> {
  const demo = await findDemo();
  const file = options.file ?? process.env['NIGHTJAR_FILE'] ?? demo?.file ?? 'nightjar.yaml';
  const isDemo = demo !== undefined && resolve(file) === resolve(demo.file);
  return isDemo
    ? { file, variables: { ...process.env, ...demo.variables }, today: demo.today }
    : { file, variables: process.env, today: undefined };
}

export function isDemoFile(file: string): boolean {
  return resolve(file) === resolve(demoFiles.deployment);
}

/** A demo that is up says so in one file, and in another, which goes with its server, the variables of its own. */
async function findDemo(): Promise<DeploymentFile | undefined> {
  const running = await readObject(demoFiles.running);
  if (typeof running?.['file'] !== 'string' || typeof running['secrets'] !== 'string') return undefined;
  if (typeof running['pid'] !== 'number' || !isAlive(running['pid'])) return undefined;
  const secrets = await readObject(running['secrets']);
  const variables = asObject(secrets?.['variables']);
  if (variables === undefined) return undefined;
  const texts = Object.entries(variables).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const today = typeof running['today'] === 'string' ? running['today'] : undefined;
  return { file: running['file'], variables: Object.fromEntries(texts), today };
}

/** `undefined` where the file is not there, or holds something else. */
async function readObject(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return asObject(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
