import { rawSchemaName } from '../extract/raw-schema.ts';
import { identifierList } from '../warehouse/identifier.ts';
import { Session, type SessionOptions } from '../warehouse/session.ts';
import { generationSchemaName } from './candidate.ts';

export interface BuildScope {
  readonly run: number;
  readonly generation: number;
  /** The date of the night, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * The search path of a build, exactly: the candidate, the run's raw tables, Nightjar's functions. Setting it (and
 * `nightjar.as_of`) is all that anyone needs to run a dataset's SELECT by hand.
 */
export function buildPath(scope: Pick<BuildScope, 'run' | 'generation'>): string {
  return identifierList([generationSchemaName(scope.generation), rawSchemaName(scope.run), 'nightjar']);
}

/**
 * Memory and commit settings for building: a later synchronous COMMIT flushes all before it. As many processes work as there are
 * sessions, no more: those that PostgreSQL would add take the processors from the other datasets.
 */
const settings: Readonly<Record<string, string>> = {
  synchronous_commit: 'off',
  work_mem: '128MB',
  maintenance_work_mem: '256MB',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  jit: 'off',
};

/** A connection on which a dataset's SELECT means what it should. */
export async function openBuildSession(
  address: SessionOptions['address'],
  scope: BuildScope,
  signal: AbortSignal,
): Promise<Session> {
  const session = await Session.open({ address, purpose: 'nightjar build', signal });
  try {
    const all = { ...settings, search_path: buildPath(scope), 'nightjar.as_of': scope.asOf };
    await session.query(
      'the settings of a build',
      'select set_config(name, value, false) from unnest($1::text[], $2::text[]) as ours (name, value)',
      [Object.keys(all), Object.values(all)],
    );
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

/** Opens several, or none: those that were opened are closed where one cannot be. */
export async function openSessions(count: number, open: () => Promise<Session>): Promise<readonly Session[]> {
  await using opened = new AsyncDisposableStack();
  const sessions: Session[] = [];
  for (let index = 0; index < count; index++) sessions.push(opened.use(await open()));
  opened.move();
  return sessions;
}
