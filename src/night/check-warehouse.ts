import { proveDatasets, type Proof } from '../build/prove.ts';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import { missingSettings } from '../pipeline/missing-settings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { warehouseAddress } from '../warehouse/address.ts';
import { controlSchemaState, rehearseMigration, type ControlSchemaState } from '../warehouse/migrate.ts';
import { requireOwn } from '../warehouse/owner.ts';
import { missingRights } from '../warehouse/rights.ts';
import { Session } from '../warehouse/session.ts';

export interface WarehouseChecked {
  readonly faults: readonly NightjarError[];
  /** Raw columns that are read and that no dataset uses; `undefined` where that could not be found out. */
  readonly unusedColumns: readonly string[] | undefined;
  /** `undefined` where it could not be looked at. */
  readonly controlSchema: ControlSchemaState | undefined;
}

/**
 * Our rights in the warehouse, how far its control schema has come, and every SELECT as its own server sees it. Changes
 * nothing: where the control schema is to be made or brought further, that is done in the transaction of the proof,
 * which is rolled back.
 */
export async function checkWarehouse(
  environment: Environment,
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<WarehouseChecked> {
  const faults: NightjarError[] = [...missingSettings(environment.warehouse)];
  let controlSchema: ControlSchemaState | undefined;
  let proof: Proof | undefined;
  if (faults.length > 0) return { faults, unusedColumns: undefined, controlSchema };
  const address = warehouseAddress(environment.warehouse);
  try {
    await using session = await Session.open({ address, purpose: 'nightjar check', signal });
    await requireOwn(session, environment.name);
    for (const right of await missingRights(session, environment.consumers))
      faults.push(nightjarError('NJ-WAREHOUSE-NOT-PREPARED', { database: address.database, ...right }));
    const state = await controlSchemaState(session);
    controlSchema = state;
    proof = await proveDatasets(session, pipeline, () => rehearseMigration(session, state));
    faults.push(...proof.faults);
  } catch (error) {
    if (signal.aborted) throw error;
    const fault = asNightjarError(error, 'the check of the warehouse');
    // What we may not do is named already, with what mends it.
    if (fault.code !== 'NJ-WAREHOUSE-DENIED' || faults.length === 0) faults.push(fault);
  }
  return { faults, unusedColumns: proof?.unusedColumns, controlSchema };
}
