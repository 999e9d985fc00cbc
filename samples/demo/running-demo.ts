import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { demoFiles } from '../../src/cli/demo-files.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';

const secretsSchema = z.object({
  variables: z.record(z.string(), z.string()),
  server: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
    major: z.number(),
  }),
});

const runningSchema = z.object({
  pid: z.number(),
  file: z.string(),
  secrets: z.string(),
  /** The day that it lives. */
  today: z.string(),
});

/** A demo that is up: its process, its deployment file, and what its passwords open. */
export type RunningDemo = Omit<z.infer<typeof runningSchema>, 'secrets'> & z.infer<typeof secretsSchema>;

/**
 * Lets the other commands find a demo that is up. Its passwords are in a file, for its user alone, in the server's own
 * temporary folder: that goes with the server, also when the demo is killed without a word.
 */
export async function announceDemo(
  { pid, file, today, variables, server }: RunningDemo,
  serverFolder: string,
): Promise<void> {
  const secrets = join(serverFolder, 'demo.json');
  await writeFile(secrets, JSON.stringify({ variables, server }), { mode: 0o600 });
  const password = variables['DEMO_PASSWORD'] ?? '';
  await writeFile(passwordFile(serverFolder), `${server.host}:${server.port}:*:*:${password}\n`, {
    mode: 0o600,
  });
  await writeFile(demoFiles.running, JSON.stringify({ pid, file, secrets, today }), { mode: 0o600 });
}

/** Where psql finds the password of every role but the superuser's (PGPASSFILE); beside the other secrets. */
export function passwordFile(serverFolder: string): string {
  return join(serverFolder, 'pgpass');
}

/** Throws NJ-USE-NO-DEMO. */
export async function findRunningDemo(): Promise<RunningDemo> {
  try {
    const { pid, file, today, secrets } = await readRunning();
    return { pid, file, today, ...secretsSchema.parse(JSON.parse(await readFile(secrets, 'utf8'))) };
  } catch {
    throw nightjarError('NJ-USE-NO-DEMO', {});
  }
}

export async function isDemoUp(): Promise<boolean> {
  return readRunning().then(
    () => true,
    () => false,
  );
}

async function readRunning(): Promise<z.infer<typeof runningSchema>> {
  const running = runningSchema.parse(JSON.parse(await readFile(demoFiles.running, 'utf8')));
  // A demo that was killed has left its file; signal 0 only asks whether the process is there.
  process.kill(running.pid, 0);
  return running;
}
