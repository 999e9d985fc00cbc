import { generationSchemaName } from '../build/candidate.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import { compareRawTables } from '../extract/raw-record.ts';
import { rawSchemaName } from '../extract/raw-schema.ts';
import { departedName } from '../pipeline/check-guards.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * What can be told of whether the source has a key:
 * - `every row`: the dataset has each row of these raw tables, so the source has no key that the dataset has not;
 * - `asked`: by the contract's `in_source`, of raw tables that are still there;
 * - `unasked`: `in_source` would tell, and no raw tables are there;
 * - `untold`: the contract does not say how to tell.
 */
export type SourceOfKey =
  | { readonly kind: 'every row'; readonly tables: readonly string[] }
  | { readonly kind: 'asked'; readonly asOf: string; readonly present: boolean }
  | { readonly kind: 'unasked' }
  | { readonly kind: 'untold' };

const during = 'the question whether the source has a key';

/** Asks the newest raw tables that are there: those of a held candidate, or of a run that left them. */
export async function sourceOfKey(
  session: Session,
  dataset: Dataset,
  key: Readonly<Record<string, unknown>>,
): Promise<SourceOfKey> {
  const { driving, departures } = dataset.contract;
  const isWhole = driving.every(
    ({ table, where }) => where === undefined && dataset.readsRaw.includes(table),
  );
  if (driving.length > 0 && isWhole) return { kind: 'every row', tables: driving.map(({ table }) => table) };
  if (departures.inSource === undefined) return { kind: 'untold' };
  const [latest] = await session.query<{ run: number; generation: number | null; asOf: string }>(
    during,
    `select r.number as run, r.night::text as "asOf",
            (select g.number from nightjar.generation g
              where g.run = r.number and to_regnamespace('generation_' || g.number) is not null) as generation
       from nightjar.run r
      where to_regnamespace('raw_' || r.number) is not null and exists (select from nightjar.raw_table t where t.run = r.number)
      order by r.number desc limit 1`,
  );
  if (latest === undefined) return { kind: 'unasked' };
  try {
    await compareRawTables(session, latest.run);
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code === 'NJ-INTERNAL-ABORTED') throw error;
    // Emptied by a crash, or being taken away by a run that has just begun.
    return { kind: 'unasked' };
  }
  try {
    const present = await isInSource(session, latest, dataset, departures.inSource, key);
    return { kind: 'asked', asOf: latest.asOf, present };
  } catch (error) {
    // It asks for more of the row than its key.
    if (error instanceof NightjarError && error.code === 'NJ-WAREHOUSE-STATEMENT') return { kind: 'untold' };
    throw error;
  }
}

async function isInSource(
  session: Session,
  { run, generation, asOf }: { run: number; generation: number | null; asOf: string },
  { contract }: Dataset,
  inSource: string,
  key: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const built = generation === null ? [] : [generationSchemaName(generation)];
  const columns = contract.columns
    .filter(({ name }) => contract.key.includes(name))
    .map(({ name, type }) => `${quoteIdentifier(name)} ${contractTypeSql(type)}`);
  return session.transaction(during, async () => {
    await session.query(
      during,
      "select set_config('search_path', $1, true), set_config('nightjar.as_of', $2, true)",
      [identifierList([...built, rawSchemaName(run), 'nightjar']), asOf],
    );
    const { present } = await session.one<{ present: boolean }>(
      during,
      `select coalesce((${inSource}), false) as present
         from jsonb_to_record($1::jsonb) as ${quoteIdentifier(departedName)}(${columns.join(', ')})`,
      [JSON.stringify(key)],
    );
    return present;
  });
}
