import { nightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { warehouseAddress, type WarehouseAddress } from '../warehouse/address.ts';
import { requireCurrent } from '../warehouse/migrate.ts';
import { requireOwn } from '../warehouse/owner.ts';
import { Session } from '../warehouse/session.ts';
import type { CommonOptions } from './context.ts';
import { loadEnvironment } from './load-deployment.ts';

/** An environment and a connection to its warehouse, for the commands that look or switch. */
export interface OpenWarehouse extends AsyncDisposable {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  readonly session: Session;
}

/**
 * Throws NJ-WAREHOUSE-NO-RUN where no run has ever been here, NJ-WAREHOUSE-OTHER-ENVIRONMENT where another environment's
 * was, NJ-WAREHOUSE-OLDER or -NEWER where another release has been.
 */
export async function openWarehouse(options: CommonOptions, signal: AbortSignal): Promise<OpenWarehouse> {
  const { environment, pipeline } = await loadEnvironment(options);
  const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
  const session = await Session.open({ address, purpose: 'nightjar', signal });
  try {
    const { there } = await session.one<{ there: boolean }>(
      'the look-up of the control schema',
      "select to_regclass('nightjar.journal') is not null as there",
    );
    if (!there) throw nightjarError('NJ-WAREHOUSE-NO-RUN', { environment: environment.name });
    await requireOwn(session, environment.name);
    await requireCurrent(session);
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
  return { environment, pipeline, session, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}
