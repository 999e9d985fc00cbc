import { randomBytes } from 'node:crypto';
import type { Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { tokenDigest } from './person.ts';

/** Bytes of chance in a token: nobody guesses it, so that its plain digest may stand in a file. */
const tokenBytes = 32;

/** Makes a personal token. It is shown once, and kept by nobody but its holder. */
export function tokenCommand({ output }: Context): ExitCode {
  const token = `nj_${randomBytes(tokenBytes).toString('base64url')}`;
  const digest = tokenDigest(token);
  output.tell({ token, digest });
  output.say('The token, for its holder only; it is shown this once:');
  output.say(`  ${token}`);
  output.say('The lines for the deployment file, below the name of each environment that they may decide in');
  output.say('(indented as its other keys are), with the name of its holder in the place of NAME:');
  output.say('    people:');
  output.say('      NAME:');
  output.say(`        token_digest: ${digest}`);
  return exitCode.done;
}
