import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { nightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';

/** What stands for a token in the deployment file: its SHA-256, hex. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The name of whoever holds the token in use; never taken from an argument. Throws NJ-GUARD-NO-PEOPLE, NJ-GUARD-TOKEN,
 * NJ-GUARD-TOKEN-UNKNOWN.
 *
 * @param what is made in that name: `An approval`.
 */
export function personInUse(
  what: string,
  { name: environment, people }: Pick<Environment, 'name' | 'people'>,
  variables: NodeJS.ProcessEnv,
): string {
  if (people.length === 0) throw nightjarError('NJ-GUARD-NO-PEOPLE', { what, environment });
  const digest = tokenDigest(tokenInUse(what, variables));
  const person = people.find((one) => one.tokenDigest === digest);
  if (person === undefined) throw nightjarError('NJ-GUARD-TOKEN-UNKNOWN', { what, environment });
  return person.name;
}

function tokenInUse(
  what: string,
  { NIGHTJAR_TOKEN: token, NIGHTJAR_TOKEN_FILE: file }: NodeJS.ProcessEnv,
): string {
  const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';
  const refuse = (found: string): Error => nightjarError('NJ-GUARD-TOKEN', { what, found });
  if (isSet(token) && isSet(file)) throw refuse('NIGHTJAR_TOKEN and NIGHTJAR_TOKEN_FILE are both set');
  if (isSet(token)) return token.trim();
  if (!isSet(file)) throw refuse('no token was given');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw refuse('the file that NIGHTJAR_TOKEN_FILE names cannot be read');
  }
}
