import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { crashPoints, type CrashPoint } from '../../src/error/crash-point.ts';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** `nightjar run`, or another command, in a process of its own. */
export interface CrashingProgram {
  readonly child: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The crash points that it named, in order; all of them once it has ended. */
  readonly points: readonly CrashPoint[];
  /** Resolves at the first crash point that it names. */
  readonly atPoint: Promise<void>;
  /** All that it said. */
  said(): string;
  /** Resolves once SIGSTOP has taken hold. */
  stopped(): Promise<void>;
}

/** `kill publish.attached 2`, or `tell`: see src/error/crash-point.ts. */
export type CrashOrder = `${'kill' | 'stop'} ${CrashPoint} ${number}` | 'tell';

/** @param args behind `nightjar`. */
export function startCrashing(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  order?: CrashOrder,
): CrashingProgram {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...environment, NIGHTJAR_CRASH_POINT: order ?? '' },
  });
  const points: CrashPoint[] = [];
  const atPoint = Promise.withResolvers<undefined>();
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
    const names = [...complaints.matchAll(/^crash point ([a-z.-]+)\n/gm)].map(([, name]) => name);
    const named = names.flatMap((name) => crashPoints.find((point) => point === name) ?? []);
    points.splice(0, points.length, ...named);
    if (named.length > 0) atPoint.resolve(undefined);
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on('error', reject);
    // Not 'exit': what it said last may still be on its way.
    child.on('close', (code, signal) => resolve(signal ?? code ?? 1));
  });
  return {
    ...{ child, ended, points, atPoint: atPoint.promise },
    said: () => output + complaints,
    stopped: async () => {
      while ((await stateOf(child.pid)) !== 'T') await sleep(2);
    },
  };
}

/** The state letter of a process, as Linux has it. */
async function stateOf(pid: number | undefined): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) (\w)/.exec(text)?.[1];
}
