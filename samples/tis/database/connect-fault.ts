import { DatabaseError } from 'pg';
import { NightjarError } from '../../../src/error/nightjar-error.ts';
import { sampleError } from './sample-error.ts';
import type { SampleTarget } from './target.ts';

const denied = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', '28P01', '28000']);
const noDatabase = '3D000';

/** What keeps us from a sample's place, as NJ-USE-SAMPLE. The driver's own words are dropped: they are not ours to vouch for. */
export function connectFault(error: unknown, target: SampleTarget): NightjarError {
  if (error instanceof NightjarError) return error;
  const address = `${target.host}:${target.port}`;
  const code = codeOf(error);
  if (denied.has(code)) {
    return sampleError(
      `The server at ${address} refuses user "${target.user}". Check user and password after --to; what is no letter or digit in them is written as %40 is for @.`,
    );
  }
  if (code === noDatabase && target.kind === 'postgres') {
    return sampleError(
      `The server at ${address} has no database "${target.database}". Create it first, for the sample alone.`,
    );
  }
  const wanted = target.kind === 'mysql' ? 'MySQL or MariaDB' : 'PostgreSQL';
  return sampleError(
    `No ${wanted} answers at ${address} (${code}). Check that one runs there; mysql:// is for MySQL and MariaDB, postgres:// for PostgreSQL.`,
  );
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof DatabaseError ? 'what answers speaks otherwise' : 'the connection ended';
}
