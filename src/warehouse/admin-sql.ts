import { nightjarError } from '../error/nightjar-error.ts';
import { ownRole } from '../pipeline/read-consumers.ts';
import { quoteIdentifier, quoteLiteral } from './identifier.ts';
import { loginSteps, warehouseSteps, type PreparationRequest, type PreparationStep } from './preparation.ts';

/**
 * What an administrator runs once, in the warehouse's database, as a superuser: a statement a line, each with its
 * reason. Running it again changes nothing. It sets no passwords. Throws NJ-CONFIG-NAME where our own role is a login.
 */
export function adminSql(request: PreparationRequest): string {
  const logins = [...new Set(request.consumers.flatMap((consumer) => consumer.logins))];
  if (logins.includes(request.role))
    throw nightjarError('NJ-CONFIG-NAME', { name: request.role, what: 'a login', reason: ownRole });
  const lines = [
    `-- For PostgreSQL ${request.major < 16 ? '15' : '16 and later'}. Run once, as a superuser, in database ${quoteIdentifier(request.database)}; then give each role its password.`,
    '',
    ...warehouseSteps(request).map(line),
    '',
    ...logins.flatMap((login) => loginSteps(login, request).map(line)),
  ];
  return `${lines.join('\n')}\n`;
}

function line({ sql, reason, notSuperuser }: PreparationStep): string {
  return `${notSuperuser === undefined ? sql : unlessSuperuser(sql, notSuperuser)}; -- ${reason}`;
}

/** Whoever runs the lines one by one is not stopped by an error before. */
function unlessSuperuser(sql: string, role: string): string {
  const name = quoteLiteral(role);
  return (
    `do $$ begin if exists (select from pg_roles where rolname = ${name} and rolsuper) then ` +
    `raise exception 'the login % is a superuser: give the consumer another', ${name}; end if; ${sql}; end $$`
  );
}
