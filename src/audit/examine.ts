import { generationSchemaName } from '../build/candidate.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { HoldRequest } from './hold-request.ts';
import { holdRows, type HeldRows } from './hold-rows.ts';
import { measure, type Measured } from './measure.ts';
import { struckOutOf, type StruckOut } from './struck-out.ts';

/** What is known of a built dataset once its broken rows were dealt with. */
export interface ExaminedDataset extends Measured, HeldRows {
  readonly name: string;
  /** How many rows its SELECT gave. */
  readonly read: number;
  /** Keys that were struck out. */
  readonly erased: number;
  /** What keeps the whole candidate from being published, whoever approves. */
  readonly faults: readonly NightjarError[];
}

/**
 * Looks at every row of a dataset that was just built: takes out what was struck out, counts, digests, checks, and puts the
 * last good version in the place of a row that breaks its contract.
 */
export async function examine(request: HoldRequest): Promise<ExaminedDataset> {
  const struckOut = await struckOutOf(request.session, request.dataset);
  const examined = await examineRows(request, struckOut);
  return { ...examined, faults: [...struckOut.faults, ...examined.faults] };
}

async function examineRows(request: HoldRequest, struckOut: StruckOut): Promise<ExaminedDataset> {
  const { session, scope, dataset } = request;
  const schema = generationSchemaName(scope.generation);
  const erased = await strikeOut(request, struckOut);
  const about = { name: dataset.name, read: request.read, erased, held: 0, leftOut: 0 };
  const { measured, faults } = await measure(session, schema, dataset);
  const isWhole = measured.broken === 0 && request.misfits === undefined && request.unreadable.length === 0;
  if (faults.length > 0 || isWhole) return { ...about, ...measured, faults };
  const { rows, faults: repeated } = await holdRows(request, struckOut);
  if (repeated.length > 0) return { ...about, ...measured, faults: repeated };
  const after = await measure(session, schema, dataset);
  const { broken } = after.measured;
  const still =
    broken === 0
      ? []
      : [
          nightjarError('NJ-INTERNAL-UNEXPECTED', {
            during: `the holding of rows of dataset ${dataset.name}`,
            kind: 'a row still breaks its contract',
          }),
        ];
  return { ...about, ...rows, ...after.measured, faults: [...after.faults, ...still] };
}

/**
 * Takes the keys that were struck out from a dataset, and from the list of those that do not fit it; gives how many rows there
 * were.
 */
async function strikeOut(
  { session, scope, dataset, misfits }: HoldRequest,
  { sql }: StruckOut,
): Promise<number> {
  if (sql === undefined) return 0;
  const row = quoteIdentifier(dataset.name);
  const count = async (deletion: string): Promise<number> => {
    const { rows } = await session.one<{ rows: number }>(
      `the striking out of keys of dataset ${dataset.name}`,
      `with gone as (${deletion} returning 1) select count(*) as rows from gone`,
    );
    return rows;
  };
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  const rows = await count(`delete from ${table} as ${row} where ${sql}`);
  if (misfits === undefined) return rows;
  // Of these there is the key alone, and what they were struck out by may follow from the whole row.
  const equal = dataset.contract.key.map((name) => `m.${quoteIdentifier(name)} = s.${quoteIdentifier(name)}`);
  const struck = `select ${row}.* from (\n${dataset.sql}\n) as ${row} where ${sql}`;
  return rows + (await count(`delete from ${misfits} m using (${struck}) s where ${equal.join(' and ')}`));
}
