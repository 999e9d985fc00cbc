import { nightjarError } from '../error/nightjar-error.ts';
import type { Session } from './session.ts';

const during = "the look-up of the warehouse's environment";

/**
 * Makes the warehouse that of an environment, unless it is one's already: for its first run. Two environments over one
 * database would judge each by what the other published. Throws NJ-WAREHOUSE-OTHER-ENVIRONMENT.
 */
export async function claimWarehouse(session: Session, environment: string): Promise<void> {
  await session.query(
    during,
    'insert into nightjar.environment (name) values ($1) on conflict (only_row) do nothing',
    [environment],
  );
  await requireOwn(session, environment);
}

/** For whoever opens a warehouse, also one that no run has been in. Throws NJ-WAREHOUSE-OTHER-ENVIRONMENT. */
export async function requireOwn(session: Session, environment: string): Promise<void> {
  const { there } = await session.one<{ there: boolean }>(
    during,
    "select to_regclass('nightjar.environment') is not null as there",
  );
  if (!there) return;
  const [owner] = await session.query<{ name: string }>(during, 'select name from nightjar.environment');
  if (owner === undefined || owner.name === environment) return;
  throw nightjarError('NJ-WAREHOUSE-OTHER-ENVIRONMENT', {
    database: session.address,
    owner: owner.name,
    environment,
  });
}
