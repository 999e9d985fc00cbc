import { colours } from './colours.ts';
import { isErrorCode, type ErrorCode } from '../error/catalogue.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import type { Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { errorCodes, explanation } from './explanation.ts';

/** Of more codes than that, the list of all is as good a help. */
const mostMeant = 12;

/**
 * Throws NJ-USE-UNKNOWN.
 *
 * @param code as typed; absent: the list of all.
 */
export function explainCommand(code: string | undefined, { output }: Context): ExitCode {
  if (code === undefined) {
    for (const known of errorCodes()) {
      output.tell(explanation(known));
      output.say(known);
    }
    return exitCode.done;
  }
  const wanted = code.toUpperCase();
  if (!isErrorCode(wanted)) {
    const known = 'those that "nightjar explain" lists';
    throw nightjarError('NJ-USE-UNKNOWN', { what: 'code', wanted, known, nearest: probablyMeant(wanted) });
  }
  const found = explanation(wanted);
  output.tell(found);
  output.say(colours.bold(wanted));
  output.say(`  Kind:     ${found.class} — ${found.classMeaning}`);
  output.say(`  Example:  ${found.example.replaceAll('\n', '\n            ')}`);
  output.say(`  To do:    ${found.remedy}`);
  return exitCode.done;
}

/** The code that is nearly so, or those of which it is the beginning (`NJ-GUARD`) or the end (`cut-short`). */
function probablyMeant(wanted: string): readonly ErrorCode[] {
  const nearest = errorCodes().find((code) => code === nearestName(wanted, errorCodes()));
  if (nearest !== undefined) return [nearest];
  const bare = wanted.replace(/-+$/, '');
  const parts = errorCodes().filter((code) => code.startsWith(`${bare}-`) || code.endsWith(`-${bare}`));
  return parts.length > mostMeant ? [] : parts;
}
