import { z } from 'zod';

/**
 * What a keeper and the process that started it say to each other: one JSON object a line, requests on the keeper's
 * standard input, answers on its standard output. The end of standard input means: stop everything, remove everything.
 */
const program = {
  id: z.number(),
  program: z.string(),
  args: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  user: z.object({ uid: z.number(), gid: z.number() }).optional(),
  /** Opened by the keeper and handed on as file descriptor 3, for a user who cannot walk the path to it. */
  folder: z.string().optional(),
  limitMs: z.number(),
};

const runRequest = z.object({ do: z.literal('run'), ...program });

const serveRequest = z.object({
  do: z.literal('serve'),
  ...program,
  /** A regular expression; the server is ready once its output matches. */
  ready: z.string(),
  /** How to stop it: each signal in turn, with the time it has to work. SIGKILL to the whole group follows. */
  stop: z.array(z.object({ signal: z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT']), limitMs: z.number() })),
  logFile: z.string().optional(),
});

export const requestSchema = z.discriminatedUnion('do', [runRequest, serveRequest]);

/** `ok`: a program ended with 0, a server is ready. `exit` is in words; `output` is the last of what was said. */
const answer = z.object({
  event: z.literal('answer'),
  id: z.number(),
  ok: z.boolean(),
  pid: z.number().optional(),
  exit: z.string(),
  output: z.string(),
});

export const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('folder'), folder: z.string() }),
  answer,
  z.object({ event: z.literal('server-exited'), exit: z.string(), output: z.string() }),
]);

export type RunRequest = z.infer<typeof runRequest>;
export type ServeRequest = z.infer<typeof serveRequest>;
export type KeeperRequest = z.infer<typeof requestSchema>;
export type KeeperAnswer = z.infer<typeof answer>;
export type KeeperEvent = z.infer<typeof eventSchema>;
