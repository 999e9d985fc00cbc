import { nightjarError, type FilePosition } from '../error/nightjar-error.ts';
import type { Setting } from './deployment.ts';
import { isReference } from './setting.ts';

/** What a text must be to be a port, or to be looked up as one; for editors. */
export const portPattern = '^(\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}|[0-9]{1,5})$';

/** Whether a text is the number of a port that one can connect to. */
export function isPort(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/**
 * A setting whose value must be a port. Its `resolve` throws NJ-CONFIG-VALUE where it is none: the drivers would call it
 * a fault of ours. The value is not repeated, somebody may have put a secret there.
 */
export function portSetting(setting: Setting, place: string, position: FilePosition): Setting {
  return {
    written: setting.written,
    resolve() {
      const value = setting.resolve();
      if (isPort(value)) return value;
      throw nightjarError('NJ-CONFIG-VALUE', portFault(place, setting.written), position);
    },
  };
}

/** What NJ-CONFIG-VALUE says of a port that is none. */
export function portFault(
  place: string,
  written: string,
): { place: string; expected: string; found: string; nearest: undefined } {
  const found = isReference(written) ? `something else in ${written}` : 'something else';
  return {
    place,
    expected: 'a port, a number from 1 to 65535, or ${NAME} of one',
    found,
    nearest: undefined,
  };
}
