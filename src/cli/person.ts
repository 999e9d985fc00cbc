import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { nightjarError } from '../error/nightjar-error.ts';
import type { Person } from '../pipeline/deployment.ts';

/** What stands for a token in the deployment file: its SHA-256, hex. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The name of whoever holds the token in use; never taken from an argument. Throws NJ-GUARD-TOKEN. */
export function personInUse(people: readonly Person[], variables: NodeJS.ProcessEnv): string {
  const digest = tokenDigest(tokenInUse(variables));
  const person = people.find((one) => one.tokenDigest === digest);
  if (person === undefined) {
    const found =
      people.length === 0
        ? 'nobody is listed under "people" in the deployment file'
        : 'the token given is nobody’s in the deployment file';
    throw nightjarError('NJ-GUARD-TOKEN', { found });
  }
  return person.name;
}

function tokenInUse({ NIGHTJAR_TOKEN: token, NIGHTJAR_TOKEN_FILE: file }: NodeJS.ProcessEnv): string {
  const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';
  if (isSet(token) && isSet(file)) {
    throw nightjarError('NJ-GUARD-TOKEN', { found: 'NIGHTJAR_TOKEN and NIGHTJAR_TOKEN_FILE are both set' });
  }
  if (isSet(token)) return token.trim();
  if (!isSet(file)) throw nightjarError('NJ-GUARD-TOKEN', { found: 'no token was given' });
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw nightjarError('NJ-GUARD-TOKEN', {
      found: 'the file that NIGHTJAR_TOKEN_FILE names cannot be read',
    });
  }
}
