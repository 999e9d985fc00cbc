import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { nightjarError } from '../../error/nightjar-error.ts';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who runs a database server for us: ourselves, or `nobody` when we are root, since PostgreSQL refuses to run as root.
 * The user needs an entry in /etc/passwd (initdb looks its name up).
 */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (entry === null) {
    throw nightjarError('NJ-WAREHOUSE-EMBEDDED', {
      during: 'the choice of a user',
      reason: 'it cannot run as root, and /etc/passwd has no user "nobody"',
    });
  }
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** Where temporary folders go: the usual place, unless the unprivileged user could not get there. */
export function temporaryPlace(): string {
  const usual = tmpdir();
  return unprivilegedUser() === undefined || othersMayPass(usual) ? usual : '/tmp';
}

function othersMayPass(folder: string): boolean {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || othersMayPass(parent);
}
