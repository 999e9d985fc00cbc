import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { quoteIdentifier } from './identifier.ts';

export interface AdminSqlRequest {
  /** PostgreSQL's major version: granting a role is worded differently from 16 on. */
  readonly major: number;
  readonly database: string;
  /** Our own role. */
  readonly role: string;
  readonly consumers: readonly Pick<ConsumerDeclaration, 'name' | 'logins'>[];
}

/**
 * What an administrator runs once, in the warehouse's database, as a superuser: a statement a line, each with its
 * reason. Running it again changes nothing. It sets no passwords.
 */
export function adminSql(request: AdminSqlRequest): string {
  const database = quoteIdentifier(request.database);
  const role = quoteIdentifier(request.role);
  const logins = [...new Set(request.consumers.flatMap((consumer) => consumer.logins))];
  const lines = [
    `-- For PostgreSQL ${request.major < 16 ? '15' : '16 and later'}. Run once, as a superuser, in database ${database}; then give each role its password.`,
    '',
    ...createRole(request.role, 'the role that Nightjar works as; not a superuser'),
    statement(
      `grant connect, create on database ${database} to ${role}`,
      'it makes a schema for each generation',
    ),
    statement(
      `grant pg_read_all_stats to ${role}`,
      'a reader is pinned to what was in force when its session began',
    ),
    statement(
      `revoke all on database ${database} from public`,
      'nobody else connects, and nobody makes temporary tables',
    ),
    statement('revoke all on schema public from public', 'nobody makes or finds anything there'),
    statement(
      'revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public',
      'nobody makes large objects',
    ),
    '',
    ...logins.flatMap((login) => loginStatements(login, request, database, role)),
  ];
  return `${lines.join('\n')}\n`;
}

function loginStatements(
  login: string,
  request: AdminSqlRequest,
  database: string,
  role: string,
): readonly string[] {
  const consumer = request.consumers.find((candidate) => candidate.logins.includes(login))?.name ?? '';
  const name = quoteIdentifier(login);
  const options = request.major < 16 ? '' : ' with inherit false, set true';
  return [
    ...createRole(login, `a login of consumer ${consumer}`),
    statement(`grant connect on database ${database} to ${name}`, 'it reads here'),
    statement(`grant ${name} to ${role}${options}`, '"nightjar read" shows what this role sees'),
  ];
}

/** CREATE ROLE knows no IF NOT EXISTS. */
function createRole(name: string, reason: string): readonly string[] {
  const literal = `'${name.replaceAll("'", "''")}'`;
  return [
    `do $$ begin if not exists (select from pg_roles where rolname = ${literal}) then create role ${quoteIdentifier(name)} login; end if; end $$; -- ${reason}`,
  ];
}

function statement(sql: string, reason: string): string {
  return `${sql}; -- ${reason}`;
}
