import type { Session } from '../warehouse/session.ts';
import { generationDatasets } from './generations.ts';

/** The columns that a reader gains or loses by going from one generation to another, as `person.email`. */
export async function changedColumns(session: Session, from: number, to: number): Promise<readonly string[]> {
  const before = await columnsOf(session, from);
  const after = await columnsOf(session, to);
  return [
    ...[...before].filter((column) => !after.has(column)).map((column) => `${column} goes`),
    ...[...after].filter((column) => !before.has(column)).map((column) => `${column} comes`),
  ];
}

async function columnsOf(session: Session, generation: number): Promise<ReadonlySet<string>> {
  const datasets = await generationDatasets(session, generation);
  return new Set(
    datasets.flatMap((dataset) =>
      dataset.columns.map((column) => `${dataset.name}.${column.name} (${column.type})`),
    ),
  );
}

/** Keeps the coming runs from publishing. */
export async function setHold(session: Session, reason: string): Promise<void> {
  await session.query(
    'the setting of the hold',
    'insert into nightjar.hold (reason) values ($1) on conflict (only_row) do update set reason = excluded.reason, since = clock_timestamp()',
    [reason],
  );
}

/** Lets the coming runs publish again; says whether there was a hold. */
export async function liftHold(session: Session): Promise<boolean> {
  const lifted = await session.query<{ reason: string }>(
    'the lifting of the hold',
    'delete from nightjar.hold returning reason',
  );
  return lifted.length > 0;
}
