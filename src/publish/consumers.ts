import { crashPoint } from '../error/crash-point.ts';
import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { despiteReaders } from '../warehouse/despite-readers.ts';
import { quoteIdentifier, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { controlViews, viewFunctions } from './control-views.ts';
import { fencedTransaction } from './fenced.ts';
import { importRoutines } from './import-routines.ts';
import { letRenamedReadOn } from './renamed-consumer.ts';
import { writeReadingRule } from './reading-rule.ts';

/** The logins that may read a dataset. */
export function readersOf(dataset: string, consumers: readonly ConsumerDeclaration[]): readonly string[] {
  return consumers
    .filter((consumer) => consumer.reads.includes(dataset))
    .flatMap((consumer) => consumer.logins);
}

/** Who reads: of an environment. */
export interface Readers {
  readonly schema: string;
  readonly consumers: readonly ConsumerDeclaration[];
  readonly timeZone: string;
}

const during = 'the rights of the consumers';

/**
 * Makes the consumers, logins and rights of the warehouse those of the deployment file, in one transaction: what is no
 * longer declared is taken away, and nothing that stays is ever missing. Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function syncConsumers(session: Session, readers: Readers, fence: number): Promise<void> {
  const what = `what consumers may read in ${readers.schema}`;
  await despiteReaders(session, what, () =>
    fencedTransaction(session, during, fence, async () => {
      await session.query(during, "set local lock_timeout = '300ms'");
      await writeConsumers(session, readers);
      await revokeUndeclared(session, readers);
      await grantDeclared(session, readers);
      await endImportsOfNobody(session);
      crashPoint('publish.consumers-uncommitted');
    }),
  );
  crashPoint('publish.consumers-made');
}

async function writeConsumers(session: Session, { consumers, timeZone }: Readers): Promise<void> {
  for (const consumer of consumers) {
    await session.query(
      during,
      `insert into nightjar.consumer (name, pin) values ($1, $2)
       on conflict (name) do update set pin = excluded.pin where consumer.pin is distinct from excluded.pin`,
      [consumer.name, consumer.pin],
    );
    await writeReadingRule(session, consumer, timeZone);
  }
  const logins = consumers.flatMap((consumer) =>
    consumer.logins.map((login) => ({ login, consumer: consumer.name })),
  );
  await letRenamedReadOn(session, logins);
  await session.query(
    during,
    `insert into nightjar.login (login, consumer) select * from unnest($1::text[], $2::text[])
     on conflict (login) do update set consumer = excluded.consumer where login.consumer is distinct from excluded.consumer`,
    [logins.map((one) => one.login), logins.map((one) => one.consumer)],
  );
}

/** Only what is missing: a grant that changes nothing still waits for whoever is changing the same rights. */
async function grantDeclared(session: Session, { schema, consumers }: Readers): Promise<void> {
  const logins = consumers.flatMap((consumer) => consumer.logins);
  const place = quoteIdentifier(schema);
  for (const login of logins) {
    const name = quoteIdentifier(login);
    const { usage, routines } = await session.one<{ usage: boolean; routines: readonly string[] }>(
      during,
      `select has_schema_privilege($1, $2, 'usage') as usage,
              array(select r from unnest($3::text[]) r where not has_function_privilege($1, r::regprocedure, 'execute')) as routines`,
      [login, schema, routinesFor(schema)],
    );
    if (!usage) await session.query(during, `grant usage on schema ${place} to ${name}`);
    if (routines.length > 0)
      await session.query(during, `grant execute on routine ${routines.join(', ')} to ${name}`);
  }
  for (const view of await viewsOf(session, schema)) {
    const allowed = controlViews.has(view.name) ? logins : readersOf(view.name, consumers);
    const name = qualified(schema, view.name);
    for (const login of allowed.filter((one) => !view.readers.includes(one)))
      await session.query(during, `grant select on ${name} to ${quoteIdentifier(login)}`);
    for (const login of view.readers.filter((one) => !allowed.includes(one)))
      await session.query(during, `revoke all on ${name} from ${quoteIdentifier(login)}`);
  }
}

async function revokeUndeclared(session: Session, { schema, consumers }: Readers): Promise<void> {
  const gone = await session.query<{ login: string; role: boolean }>(
    during,
    `select l.login, exists (select from pg_roles r where r.rolname = l.login) as role
       from nightjar.login l where not l.login = any ($1::text[])`,
    [consumers.flatMap((consumer) => consumer.logins)],
  );
  for (const { login, role } of gone) {
    if (role) {
      const name = quoteIdentifier(login);
      await session.query(
        during,
        `revoke all on all tables in schema ${quoteIdentifier(schema)} from ${name}`,
      );
      await session.query(during, `revoke all on schema ${quoteIdentifier(schema)} from ${name}`);
      await session.query(during, `revoke all on routine ${routinesFor(schema).join(', ')} from ${name}`);
    }
    await session.query(during, 'delete from nightjar.login where login = $1', [login]);
  }
}

/**
 * The word that its import is over, of a consumer that is no longer declared: it would be waited for should it be declared
 * again. What one of its last sessions is about to write is not waited for.
 */
async function endImportsOfNobody(session: Session): Promise<void> {
  await session.query(
    during,
    `update nightjar.import set ended_at = clock_timestamp()
      where number in (select i.number from nightjar.import i
                        where i.ended_at is null and not exists (select from nightjar.login l where l.consumer = i.consumer)
                          for update skip locked)`,
  );
}

/** All that a consumer may call: what its views do, and its word about its imports. */
function routinesFor(schema: string): readonly string[] {
  return [...viewFunctions, ...importRoutines(schema)];
}

/** The views of the consumers' schema and the logins that may read each. */
async function viewsOf(
  session: Session,
  schema: string,
): Promise<readonly { name: string; readers: readonly string[] }[]> {
  return session.query<{ name: string; readers: readonly string[] }>(
    during,
    `select c.relname as name, coalesce(array_agg(distinct r.rolname::text) filter (where r.oid <> c.relowner), '{}') as readers
       from pg_class c
       left join lateral aclexplode(c.relacl) acl on true
       left join pg_roles r on r.oid = acl.grantee
      where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'v'
      group by c.oid, c.relname, c.relowner`,
    [schema],
  );
}
