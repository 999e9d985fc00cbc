import { readFileSync } from 'node:fs';
import { nightjarError, type FilePosition, type NightjarError } from '../error/nightjar-error.ts';
import type { Setting } from './deployment.ts';
import { reasonOf } from './read-folder.ts';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Whether a text refers to a setting from outside: `${NAME}`. */
export function isReference(written: string): boolean {
  return reference.test(written);
}

/**
 * A value as it is written in the deployment file. A reference is looked up at each use and never kept: a secret may
 * have been rotated since.
 */
export function settingOf(written: string, position: FilePosition, variables: Variables): Setting {
  const name = reference.exec(written)?.[1];
  return { written, resolve: name === undefined ? () => written : () => lookUp(name, position, variables) };
}

/** A value that is the content of a file, read at each use. */
export function fileSetting(written: string, path: string, position: FilePosition): Setting {
  return {
    written,
    resolve() {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        throw nightjarError('NJ-CONFIG-FILE-UNREADABLE', { file: path, reason: reasonOf(error) }, position);
      }
    },
  };
}

function lookUp(name: string, position: FilePosition, variables: Variables): string {
  const value = variables[name];
  const path = variables[`${name}_FILE`];
  const missing = (reason: string): NightjarError =>
    nightjarError('NJ-CONFIG-SETTING-MISSING', { variable: name, reason }, position);
  if (path === undefined || path === '') {
    if (value === undefined) throw missing(`neither ${name} nor ${name}_FILE is set`);
    if (value === '') throw missing(`${name} is set, but empty`);
    return value;
  }
  // Two sources of one secret: after a rotation one of them is stale, and nobody knows which.
  if (value !== undefined && value !== '') throw missing(`${name} and ${name}_FILE are both set`);
  let content: string;
  try {
    content = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw missing(`the file that ${name}_FILE names cannot be read (${reasonOf(error)})`);
  }
  if (content === '') throw missing(`the file that ${name}_FILE names is empty`);
  return content;
}
