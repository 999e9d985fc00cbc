import { highestId } from './pick.ts';
import type { SampleDay } from './day.ts';

/**
 * What the service writes beside each change of a placement: the dates and state as they now are, and the moment. The
 * log has no key to the placement and so outlives it (H18).
 */
export async function logPlacement(
  day: SampleDay,
  placementId: string | number,
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  moment: string,
): Promise<void> {
  const { database } = day;
  const logs = database.name('tcs', 'PlacementLog');
  const id = (await highestId(database, 'tcs', 'PlacementLog')) + 1;
  await database.run(
    `UPDATE ${logs} SET "validDateTo" = ? WHERE "placementId" = ? AND "validDateTo" IS NULL`,
    [moment, Number(placementId)],
  );
  await database.run(
    `INSERT INTO ${logs} ("id", "dateFrom", "dateTo", "lifecycleState", "placementId", "logType", "validDateFrom", "validDateTo")
     SELECT ?, "dateFrom", "dateTo", "lifecycleState", "id", ?, ?, NULL FROM ${database.name('tcs', 'Placement')} WHERE "id" = ?`,
    [id, kind, moment, Number(placementId)],
  );
}
