import { colours } from './colours.ts';
import { isErrorCode } from '../error/catalogue.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import type { Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { errorCodes, explanation } from './explanation.ts';

/** @param code as typed; absent: the list of all. */
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
    const nearest = nearestName(wanted, errorCodes()) ?? inFamily(wanted);
    output.tell({ code: wanted, known: false, nearest: nearest ?? null });
    output.say(
      `There is no code ${wanted}.${nearest === undefined ? ' "nightjar explain" lists all.' : ` Did you mean ${nearest}?`}`,
    );
    return exitCode.wrongUse;
  }
  const found = explanation(wanted);
  output.tell(found);
  output.say(colours.bold(wanted));
  output.say(`  Kind:     ${found.class} — ${found.classMeaning}`);
  output.say(`  Example:  ${found.example.replaceAll('\n', '\n            ')}`);
  output.say(`  To do:    ${found.remedy}`);
  return exitCode.done;
}

/** A code without its beginning: `cut-short`, `SOURCE-CUT-SHORT`. */
function inFamily(wanted: string): string | undefined {
  return errorCodes().find((code) => code.endsWith(`-${wanted}`));
}
