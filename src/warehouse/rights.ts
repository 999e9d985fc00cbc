import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { quoteIdentifier } from './identifier.ts';
import { loginSteps, warehouseSteps, type PreparationRequest } from './preparation.ts';
import type { Session } from './session.ts';

/** Something that is amiss with a role or a right. */
export interface MissingRight {
  /** A sentence without its full stop. */
  readonly missing: string;
  /** The line that mends it, for an administrator. */
  readonly line: string;
}

const during = 'the check of our rights in the warehouse';

/**
 * Everything that `nightjar warehouse sql` would still change in the session's database, and roles that may do too
 * much. Empty where all is well.
 */
export async function missingRights(
  session: Session,
  consumers: readonly Pick<ConsumerDeclaration, 'name' | 'logins'>[],
): Promise<readonly MissingRight[]> {
  const { major, database, role } = await session.one<{ major: number; database: string; role: string }>(
    during,
    `select current_setting('server_version_num')::int / 10000 as major, current_database() as database,
            current_user as role`,
  );
  const request: PreparationRequest = { major, database, role, consumers };
  const logins = [...new Set(consumers.flatMap((consumer) => consumer.logins))];
  const steps = [...warehouseSteps(request), ...logins.flatMap((login) => loginSteps(login, request))];
  const { done } = await session.one<{ done: readonly (boolean | null)[] }>(
    during,
    `select array[${steps.map((step) => step.done).join(', ')}] as done`,
  );
  return [
    ...(await superusers(session, [role, ...logins])),
    ...steps
      .filter((_, index) => done[index] !== true)
      .map(({ sql, missing }) => ({ missing, line: `${sql};` })),
  ];
}

async function superusers(session: Session, roles: readonly string[]): Promise<readonly MissingRight[]> {
  const found = await session.query<{ role: string }>(
    during,
    'select rolname as role from pg_roles where rolsuper and rolname = any ($1) order by rolname',
    [roles],
  );
  return found.map(({ role }) => ({
    missing: `the role "${role}" is a superuser, which sees and may do everything`,
    line: `alter role ${quoteIdentifier(role)} nosuperuser;`,
  }));
}
