import type { Session } from '../warehouse/session.ts';
import type { Measure, MeasuredGuard } from './measures.ts';

const during = 'the record of the measures';

/** Writes down what the guards of the next night compare with. */
export async function recordMeasures(
  session: Session,
  generation: number,
  dataset: string,
  measures: readonly Measure[],
): Promise<void> {
  await session.query(
    during,
    `insert into nightjar.measure (generation, dataset, guard, subject, value, rows, total)
     select $1, $2, m.guard, m.subject, m.value, m.rows, m.total
       from jsonb_to_recordset($3) as m(guard text, subject text, value text, rows bigint, total bigint)`,
    [generation, dataset, JSON.stringify(measures)],
  );
}

/** What was measured of a dataset when a generation was judged. */
export async function recordedMeasures(
  session: Session,
  generation: number,
  dataset: string,
): Promise<readonly Measure[]> {
  return session.query<{
    guard: MeasuredGuard;
    subject: string;
    value: string | null;
    rows: number;
    total: number;
  }>(
    during,
    'select guard, subject, value, rows, total from nightjar.measure where generation = $1 and dataset = $2',
    [generation, dataset],
  );
}
