import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { nearestName } from './nearest-name.ts';

/** NJ-USE-UNKNOWN: a command names what is not there. Says which was probably meant, or else which there are. */
export function unknownName(what: string, wanted: string, names: readonly string[]): NightjarError {
  const nearest = nearestName(wanted, names);
  return nightjarError('NJ-USE-UNKNOWN', {
    ...{ what, wanted, known: names.join(', ') || 'none' },
    nearest: nearest === undefined ? [] : [nearest],
  });
}
