import { generationSchemaName } from '../build/candidate.ts';
import { workTable } from '../build/work-table.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { ExaminedDataset } from './examine.ts';
import { leaveWithParents, type Holding } from './leave-with-parents.ts';
import { measure } from './measure.ts';

export interface LateParents extends Pick<Holding, 'session' | 'scope' | 'published' | 'datasets'> {
  /** In the order in which they were built. */
  readonly order: readonly Dataset[];
  readonly examined: ReadonlyMap<string, ExaminedDataset>;
}

/**
 * Once all is built: lets those held rows leave of which the parent was built after them, and those that refer to them. That
 * is so where references go in a circle. What reads such a row was built upon it, and follows with the next night.
 *
 * @returns the datasets that changed by it, as they are now.
 */
export async function leaveWithLateParents(request: LateParents): Promise<readonly ExaminedDataset[]> {
  const { session, scope, order, examined } = request;
  const places = new Map(order.map(({ name }, index) => [name, index]));
  const holding = order.flatMap((dataset, ordinal) => {
    const known = examined.get(dataset.name);
    return known === undefined || known.held === 0 ? [] : [{ dataset, ordinal, known }];
  });
  const isLate = holding.some(({ dataset, ordinal }) =>
    dataset.contract.references.some((reference) => (places.get(reference.dataset) ?? 0) > ordinal),
  );
  if (!isLate) return [];
  const built = new Set(places.keys());
  const gone = new Map<string, number>();
  let before: number;
  do {
    before = sum(gone);
    for (const { dataset, ordinal } of holding) {
      const left = await leaveWithParents({ ...request, dataset, ordinal, built });
      gone.set(dataset.name, (gone.get(dataset.name) ?? 0) + left);
    }
  } while (sum(gone) > before);
  const changed: ExaminedDataset[] = [];
  for (const { dataset, ordinal, known } of holding) {
    const left = gone.get(dataset.name) ?? 0;
    if (left === 0) continue;
    await recordDeparted(request, dataset, ordinal);
    const { measured, faults } = await measure(session, generationSchemaName(scope.generation), dataset);
    const rows = { held: known.held - left, leftOut: known.leftOut + left };
    changed.push({ ...known, ...measured, ...rows, faults: [...known.faults, ...faults] });
  }
  return changed;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((all, one) => all + one, 0);
}

async function recordDeparted(
  { session, scope }: LateParents,
  { name, contract }: Dataset,
  ordinal: number,
): Promise<void> {
  const keyJson = contract.key.map((column) => `${quoteLiteral(column)}, v.${quoteIdentifier(column)}`);
  await session.query(
    `the record of held rows of dataset ${name}`,
    `update nightjar.held_row h set outcome = v.nightjar_outcome from ${workTable(scope.run, 'held', ordinal)} v
      where h.generation = $1 and h.dataset = $2 and v.nightjar_outcome <> 'held'
        and h.key = jsonb_build_object(${keyJson.join(', ')})`,
    [scope.generation, name],
  );
}
