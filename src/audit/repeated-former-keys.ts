import { generationSchemaName } from '../build/candidate.ts';
import { printKeys } from '../build/print-key.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { formerColumn, withFormerKey, type FormerKeyColumn } from './former-key.ts';

/** How many keys a judgement names. */
const named = 5;

/** Former keys that follow from more than one row: of such rows at least one hides the departure of another's. */
export interface RepeatedFormerKeys {
  readonly found: number;
  /** A few of them, printed. */
  readonly sample: readonly string[];
  /** Shows all of them, and how many rows give each. */
  readonly sql: string;
}

/** Looks for what `key_was` gives to several rows of a candidate. A row from which none follows is a new one. */
export async function repeatedFormerKeys(
  session: Session,
  candidate: number,
  dataset: string,
  former: readonly FormerKeyColumn[],
): Promise<RepeatedFormerKeys> {
  const names = former.map(({ name }) => name);
  const list = identifierList(names);
  const columns = former
    .map(({ name }, place) => `c.${formerColumn(place)} as ${quoteIdentifier(name)}`)
    .join(', ');
  const table = qualified(generationSchemaName(candidate), dataset);
  const given = names.map((name) => `${quoteIdentifier(name)} is not null`).join(' and ');
  const repeated = (more: string): string =>
    `select ${list}, ${more} from (select ${columns} from ` +
    `${withFormerKey(dataset, table, former, 'c')}) f where ${given} group by ${list} having count(*) > 1 order by ${list}`;
  const sample = await session.query<Record<string, unknown>>(
    `the search for former keys that several rows of dataset ${dataset} give`,
    `${repeated('count(*) over () as nightjar_found')} limit ${named}`,
  );
  return {
    found: Number(sample[0]?.['nightjar_found'] ?? 0),
    sample: printKeys(sample, names),
    sql: repeated('count(*) as rows'),
  };
}
