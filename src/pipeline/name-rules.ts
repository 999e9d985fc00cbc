import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';

/** PostgreSQL cuts a longer name without a word. */
const longestName = 63;

/** Every table of PostgreSQL has these; none may be declared. */
const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** What a name will be the name of. */
export type Named =
  | 'a source'
  | 'a raw table'
  | 'a raw column'
  | 'a dataset'
  | 'a seed'
  | 'a column'
  | 'a rule'
  | 'a reason'
  | 'a coverage'
  | 'a fault';

/**
 * Reports a name that the warehouse would cut, confuse with its own, or refuse.
 * @param at where it stands; only asked for where there is a fault.
 */
export function checkName(name: string, what: Named, at: () => FilePosition, faults: FaultList): void {
  const reason = whyNot(name, what);
  if (reason !== undefined) faults.add('NJ-CONFIG-NAME', { name, what, reason }, at());
}

function whyNot(name: string, what: Named): string | undefined {
  if (name === '') return 'it is empty';
  if (!/^[\p{Ll}\p{Lo}\p{Lm}\p{N}_]+$/u.test(name)) return 'expected small letters, digits and _';
  if (namesFile(what) && !/^[a-z]/.test(name)) return 'expected a small letter at its beginning';
  const bytes = Buffer.byteLength(name);
  if (bytes > longestName) return `it has ${bytes} bytes, and PostgreSQL cuts a name after ${longestName}`;
  if (name.startsWith('pg_')) return "names beginning with pg_ are PostgreSQL's own";
  if (name.startsWith('nightjar_') || name === 'nightjar')
    return "names beginning with nightjar are Nightjar's own";
  if (what === 'a dataset' && ['generation', 'dataset', 'held', 'change'].includes(name)) {
    return "it is the name of one of Nightjar's own views";
  }
  if (namesFile(what) && name === 'departed') return 'it is what the row of a key that left is called';
  // The store's own column, by which each published table is partitioned.
  if (what === 'a column' && name === 'generation')
    return 'every published table has a column of this name already';
  if (what.endsWith('column') && systemColumns.has(name))
    return 'every table of PostgreSQL has a hidden column of this name';
  return undefined;
}

function namesFile(what: Named): boolean {
  return what === 'a source' || what === 'a dataset' || what === 'a seed';
}
