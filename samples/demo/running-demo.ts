import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { demoFiles } from './demo-folder.ts';

/** What a demo that is up leaves for the other commands, in a file that only its user can read. */
const runningDemoSchema = z.object({
  pid: z.number(),
  file: z.string(),
  variables: z.record(z.string(), z.string()),
  server: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
    major: z.number(),
  }),
});

export type RunningDemo = z.infer<typeof runningDemoSchema>;

/** Throws NJ-USE-NO-DEMO. */
export async function findRunningDemo(): Promise<RunningDemo> {
  try {
    const demo = runningDemoSchema.parse(JSON.parse(await readFile(demoFiles.running, 'utf8')));
    // A demo that was killed has left its file; signal 0 only asks whether the process is there.
    process.kill(demo.pid, 0);
    return demo;
  } catch {
    throw nightjarError('NJ-USE-NO-DEMO', {});
  }
}
