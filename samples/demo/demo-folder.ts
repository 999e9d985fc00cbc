import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { demoFiles, demoFolder } from '../../src/cli/demo-files.ts';

const stateSchema = z.object({
  firstDay: z.string(),
  /** Of the size of England: what is not kept is made again at it. */
  scale: z.number(),
  /** The last day whose night is published in every environment; none before the first. */
  today: z.string().optional(),
});

/** What the demo remembers from one start to the next. */
export type DemoState = z.infer<typeof stateSchema>;

/** `undefined` where no demo has begun here yet. */
export async function readState(): Promise<DemoState | undefined> {
  let text: string;
  try {
    text = await readFile(demoFiles.state, 'utf8');
  } catch {
    return undefined;
  }
  return stateSchema.parse(JSON.parse(text));
}

/** In one step, so that a start that is killed leaves either what was there or this. */
export async function writeState(state: DemoState): Promise<void> {
  await mkdir(demoFolder, { recursive: true });
  const unfinished = `${demoFiles.state}.new`;
  await writeFile(unfinished, JSON.stringify(state));
  await rename(unfinished, demoFiles.state);
}

export async function removeDemo(): Promise<void> {
  await rm(demoFolder, { recursive: true, force: true });
}
