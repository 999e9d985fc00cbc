import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import type { Session } from './session.ts';

/**
 * What our role lacks, or has too much of, each in a sentence without its full stop. Empty where all is well.
 * What is missing is what `nightjar warehouse sql` prints.
 */
export async function missingRights(
  session: Session,
  consumers: readonly Pick<ConsumerDeclaration, 'logins'>[],
): Promise<readonly string[]> {
  const during = 'the check of our rights in the warehouse';
  const own = await session.one<{
    role: string;
    superuser: boolean;
    may_create: boolean;
    sees_sessions: boolean;
  }>(
    during,
    `select current_user as role, r.rolsuper as superuser,
            has_database_privilege(current_database(), 'create') as may_create,
            pg_has_role('pg_read_all_stats', 'usage') as sees_sessions
       from pg_roles r where r.rolname = current_user`,
  );
  const open = await session.query<{ privilege: string }>(
    during,
    `select acl.privilege_type as privilege from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) acl
      where d.datname = current_database() and acl.grantee = 0 order by 1`,
  );
  const logins = [...new Set(consumers.flatMap((consumer) => consumer.logins))];
  const roles = await session.query<{ login: string; superuser: boolean; connects: boolean; shown: boolean }>(
    during,
    `select l.login, r.rolsuper as superuser, has_database_privilege(r.oid, current_database(), 'connect') as connects,
            pg_has_role(current_user, r.oid, 'member') as shown
       from unnest($1::text[]) l(login) join pg_roles r on r.rolname = l.login`,
    [logins],
  );
  const found = new Map(roles.map((row) => [row.login, row]));
  return [
    ...(own.superuser ? [`our role "${own.role}" is a superuser, and must not be`] : []),
    ...(own.may_create ? [] : [`our role "${own.role}" may not create schemas in this database`]),
    ...(own.sees_sessions ? [] : [`our role "${own.role}" is not a member of pg_read_all_stats`]),
    ...open.map((row) => `PUBLIC has ${row.privilege} on this database`),
    ...logins.flatMap((login) => {
      const role = found.get(login);
      if (role === undefined) return [`the consumer role "${login}" does not exist`];
      return [
        ...(role.superuser ? [`the consumer role "${login}" is a superuser, and sees everything`] : []),
        ...(role.connects ? [] : [`the consumer role "${login}" may not connect to this database`]),
        ...(role.shown
          ? []
          : [`our role is not a member of "${login}", so "nightjar read" cannot show what it sees`]),
      ];
    }),
  ];
}
