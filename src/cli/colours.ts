import { createColors } from 'picocolors';

/** What a terminal may be, of what is asked here. */
interface Terminal {
  readonly isTTY?: boolean;
}

/**
 * Whether a stream gets colours: a terminal does, a file or a pipe does not, unless the environment asks otherwise
 * (no-color.org, and force-color.org as its counterpart). That a build server calls (`CI`) is no reason: its log is a
 * file.
 */
export function wantsColours(stream: Terminal, environment: NodeJS.ProcessEnv): boolean {
  if (isSet(environment['NO_COLOR'])) return false;
  if (isSet(environment['FORCE_COLOR'])) return environment['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** For standard output. */
export const colours = createColors(wantsColours(process.stdout, process.env));

/** For standard error, which often goes elsewhere. */
export const complaintColours = createColors(wantsColours(process.stderr, process.env));
