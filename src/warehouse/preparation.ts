import { quoteIdentifier, quoteLiteral } from './identifier.ts';
import type { ConsumerDeclaration } from '../pipeline/deployment.ts';

export interface PreparationRequest {
  /** PostgreSQL's major version: granting a role is worded differently from 16 on. */
  readonly major: number;
  readonly database: string;
  /** Our own role. */
  readonly role: string;
  readonly consumers: readonly Pick<ConsumerDeclaration, 'name' | 'logins'>[];
}

/** One thing that an administrator does to a warehouse before the first night, and how to find whether it was done. */
export interface PreparationStep {
  /** The statement, without its semicolon. */
  readonly sql: string;
  readonly reason: string;
  /** A condition in SQL that holds where there is nothing left to do; null where a role is not there yet. */
  readonly done: string;
  /** What is amiss where it does not hold: a sentence without its full stop. */
  readonly missing: string;
  /** A role that it must not be done with where that is a superuser. */
  readonly notSuperuser?: string;
}

const connectionLimit = 100;

const largeObjectMakers = ['lo_creat(integer)', 'lo_create(oid)', 'lo_from_bytea(oid, bytea)'];

/** An advisory lock has no owner's rights, and takes room in the table of locks that everybody shares. */
const advisoryLocks = ['', 'xact_', 'try_', 'try_xact_'].flatMap((form) => {
  const [first = '', second = ''] = form.startsWith('try_') ? ['try_', form.slice(4)] : ['', form];
  return ['', '_shared'].flatMap((mode) =>
    ['(bigint)', '(integer, integer)'].map((key) => `pg_${first}advisory_${second}lock${mode}${key}`),
  );
});

/** What concerns our own role and what everybody may do. */
export function warehouseSteps(request: PreparationRequest): readonly PreparationStep[] {
  const database = quoteIdentifier(request.database);
  const role = quoteIdentifier(request.role);
  const ours = `our role "${request.role}"`;
  return [
    {
      sql: createRole(request.role),
      reason: 'the role that Nightjar works as; not a superuser',
      done: roleExists(request.role),
      missing: `${ours} does not exist`,
    },
    {
      sql: `grant connect, create on database ${database} to ${role}`,
      reason: 'it makes a schema for each generation',
      done: `${hasDatabaseRight(request.role, 'CONNECT')} and ${hasDatabaseRight(request.role, 'CREATE')}`,
      missing: `${ours} has no right of its own to connect to this database, or none to create schemas in it`,
    },
    {
      sql: `grant pg_read_all_stats to ${role}`,
      reason: 'a reader is pinned to what was in force when its session began',
      done: `(select pg_has_role(r.oid, 'pg_read_all_stats', 'usage') from pg_roles r where ${isNamed(request.role)})`,
      missing: `${ours} is not a member of pg_read_all_stats`,
    },
    {
      sql: `revoke all on database ${database} from public`,
      reason: 'nobody else connects, and nobody makes temporary tables',
      done: `not exists (select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                          where d.datname = current_database() and a.grantee = 0)`,
      missing: 'PUBLIC may connect to this database, or make temporary tables in it',
    },
    {
      sql: 'revoke all on schema public from public',
      reason: 'nobody makes or finds anything there',
      done: `not exists (select from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                          where n.nspname = 'public' and a.grantee = 0)`,
      missing: 'PUBLIC may use schema public, or create in it',
    },
    withoutPublic(largeObjectMakers, 'nobody makes large objects', 'PUBLIC may make large objects'),
    withoutPublic(
      advisoryLocks,
      'nobody fills the table of locks',
      'PUBLIC may take advisory locks, as many as fill the table of locks',
    ),
  ];
}

function withoutPublic(functions: readonly string[], reason: string, missing: string): PreparationStep {
  return {
    sql: `revoke execute on function ${functions.join(', ')} from public`,
    reason,
    done: `not exists (select from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                        where p.oid = any (array[${functions.map(quoteLiteral).join(', ')}]::regprocedure[]) and a.grantee = 0)`,
    missing,
  };
}

/** What concerns one login of a consumer. */
export function loginSteps(login: string, request: PreparationRequest): readonly PreparationStep[] {
  const consumer = request.consumers.find((candidate) => candidate.logins.includes(login))?.name ?? '';
  const name = quoteIdentifier(login);
  const database = quoteIdentifier(request.database);
  const withOptions = request.major >= 16;
  return [
    {
      sql: createRole(login),
      reason: `a login of consumer ${consumer}`,
      done: roleExists(login),
      missing: `the consumer role "${login}" does not exist`,
    },
    {
      sql: `alter role ${name} connection limit ${connectionLimit}`,
      reason: 'it cannot take every connection there is; any other limit will do',
      done: `exists (select from pg_roles r where ${isNamed(login)} and r.rolconnlimit >= 0)`,
      missing: `the consumer role "${login}" may open any number of connections, and so keep everybody out`,
    },
    {
      sql: `grant connect on database ${database} to ${name}`,
      reason: 'it reads here',
      done: hasDatabaseRight(login, 'CONNECT'),
      missing: `the consumer role "${login}" has no right of its own to connect to this database`,
    },
    {
      sql: `grant ${name} to ${quoteIdentifier(request.role)}${withOptions ? ' with inherit false, set true' : ''}`,
      reason: '"nightjar read" shows what this role sees',
      done: `exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid
                      where ${isNamed(login)} and m.member = (select r.oid from pg_roles r where ${isNamed(request.role)})
                        ${withOptions ? 'and m.set_option and not m.inherit_option' : ''})`,
      missing: `our role is not a member of "${login}"${withOptions ? ' that may become it and inherits nothing' : ''}, so "nightjar read" cannot show what it sees`,
      // It would make a superuser of ours, as often as it likes.
      notSuperuser: login,
    },
  ];
}

/** CREATE ROLE knows no IF NOT EXISTS. */
function createRole(name: string): string {
  return `do $$ begin if not exists (select from pg_roles where rolname = ${quoteLiteral(name)}) then create role ${quoteIdentifier(name)} login; end if; end $$`;
}

function roleExists(name: string): string {
  return `exists (select from pg_roles r where ${isNamed(name)})`;
}

function isNamed(name: string): string {
  return `r.rolname = ${quoteLiteral(name)}`;
}

/** Of its own: not by way of PUBLIC, which is to lose its rights, or of a login that our role is a member of. */
function hasDatabaseRight(role: string, right: 'CONNECT' | 'CREATE'): string {
  return `(select bool_or(a.privilege_type = '${right}' and a.grantee = r.oid)
             from pg_roles r, pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            where ${isNamed(role)} and d.datname = current_database())`;
}
