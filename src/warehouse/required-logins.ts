import { nightjarError } from '../error/nightjar-error.ts';
import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { loginSteps } from './preparation.ts';
import type { Session } from './session.ts';

/**
 * Finds out before a night's work whether every declared login is a role of the server: none of them can be given its rights
 * otherwise, and without them nothing is published for anybody. Throws NJ-WAREHOUSE-NOT-PREPARED.
 */
export async function requireLogins(
  session: Session,
  consumers: readonly Pick<ConsumerDeclaration, 'name' | 'logins'>[],
): Promise<void> {
  const found = await session.one<{
    version: number;
    database: string;
    role: string;
    login: string | null;
  }>(
    'the look-up of the logins of consumers',
    `select current_setting('server_version_num')::int as version, current_database() as database, current_user as role,
            (select l.login from unnest($1::text[]) with ordinality l (login, place)
              where not exists (select from pg_roles r where r.rolname = l.login) order by l.place limit 1) as login`,
    [consumers.flatMap(({ logins }) => logins)],
  );
  const { version, database, role, login } = found;
  if (login === null) return;
  const [step] = loginSteps(login, { major: Math.floor(version / 10_000), database, role, consumers });
  if (step !== undefined)
    throw nightjarError('NJ-WAREHOUSE-NOT-PREPARED', {
      ...{ database, missing: step.missing, line: `${step.sql};` },
    });
}
