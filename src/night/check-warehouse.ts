import { proveDatasets } from '../build/prove.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { warehouseAddress } from '../warehouse/address.ts';
import { migrate } from '../warehouse/migrate.ts';
import { missingRights } from '../warehouse/rights.ts';
import { Session } from '../warehouse/session.ts';

export interface WarehouseChecked {
  readonly faults: readonly NightjarError[];
  /** Raw columns that are read and that no dataset uses. */
  readonly unusedColumns: readonly string[];
}

/**
 * Our rights in the warehouse, and every SELECT as its own server sees it. Makes the control schema where there is
 * none yet (the datasets call its functions); changes nothing that a consumer could see.
 */
export async function checkWarehouse(
  environment: Environment,
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<WarehouseChecked> {
  const address = warehouseAddress(environment.warehouse);
  await using session = await Session.open({ address, purpose: 'nightjar check', signal });
  const missing = await missingRights(session, environment.consumers);
  const rights = missing.map((sentence) =>
    nightjarError('NJ-WAREHOUSE-NOT-PREPARED', { database: address.database, missing: sentence }),
  );
  if (missing.some((sentence) => sentence.includes('may not create schemas')))
    return { faults: rights, unusedColumns: [] };
  await migrate(session);
  const proof = await proveDatasets(session, pipeline);
  return { faults: [...rights, ...proof.faults], unusedColumns: proof.unusedColumns };
}
