import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { quoteIdentifier } from './identifier.ts';
import { missingPatch } from './patched-server.ts';
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
 * Everything that `nightjar warehouse sql` would still change in the session's database, roles that may do too much, and a
 * server that tells too much. Empty where all is well.
 */
export async function missingRights(
  session: Session,
  consumers: readonly Pick<ConsumerDeclaration, 'name' | 'logins'>[],
): Promise<readonly MissingRight[]> {
  const { version, database, role } = await session.one<{ version: number; database: string; role: string }>(
    during,
    `select current_setting('server_version_num')::int as version, current_database() as database,
            current_user as role`,
  );
  const major = Math.floor(version / 10_000);
  const request: PreparationRequest = { major, database, role, consumers };
  const logins = [...new Set(consumers.flatMap((consumer) => consumer.logins))];
  const superusers = await superusersAmong(session, [role, ...logins]);
  // What would mend a login that a consumer must not have would be harm.
  const fit = logins.filter((login) => login !== role && !superusers.has(login));
  const steps = [...warehouseSteps(request), ...fit.flatMap((login) => loginSteps(login, request))];
  const { done } = await session.one<{ done: readonly (boolean | null)[] }>(
    during,
    `select array[${steps.map((step) => step.done).join(', ')}] as done`,
  );
  return [
    ...(superusers.has(role) ? [superuserOfOurs(role)] : []),
    ...logins.filter((login) => !fit.includes(login)).map((login) => unfitLogin(login, role)),
    ...(await withoutPolicies(session, role)),
    ...withoutPatch(version),
    ...steps
      .filter((_, index) => done[index] !== true)
      .map(({ sql, missing }) => ({ missing, line: `${sql};` })),
  ];
}

async function superusersAmong(session: Session, roles: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await session.query<{ role: string }>(
    during,
    'select rolname as role from pg_roles where rolsuper and rolname = any ($1)',
    [roles],
  );
  return new Set(found.map(({ role }) => role));
}

function superuserOfOurs(role: string): MissingRight {
  return {
    missing: `our role "${role}" is a superuser, which sees and may do everything`,
    line: `alter role ${quoteIdentifier(role)} nosuperuser;`,
  };
}

function unfitLogin(login: string, role: string): MissingRight {
  const why =
    login === role ? 'is our own role' : 'is a superuser, from whom nothing in the warehouse can be kept';
  return {
    missing: `the login "${login}" of a consumer ${why}`,
    line: '-- give the consumer another login in the deployment file',
  };
}

/** Row-level security keeps the generations apart, and is not asked for a view whose owner may pass it by. */
async function withoutPolicies(session: Session, role: string): Promise<readonly MissingRight[]> {
  const { bypasses } = await session.one<{ bypasses: boolean }>(
    during,
    'select rolbypassrls and not rolsuper as bypasses from pg_roles where rolname = $1',
    [role],
  );
  if (!bypasses) return [];
  return [
    {
      missing: `the role "${role}" passes row-level security by, which keeps a reader to its own generation`,
      line: `alter role ${quoteIdentifier(role)} nobypassrls;`,
    },
  ];
}

function withoutPatch(version: number): readonly MissingRight[] {
  const patch = missingPatch(version);
  if (patch === undefined) return [];
  return [
    {
      missing: `PostgreSQL ${patch.found} lets a reader ask its statistics about rows of other generations (CVE-2025-8713)`,
      line: `-- update the server to PostgreSQL ${patch.needed} or later`,
    },
  ];
}
