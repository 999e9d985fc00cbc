import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { quoteIdentifier, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { controlViews, viewFunctions } from './control-views.ts';
import { fencedTransaction } from './fenced.ts';
import { importRoutines } from './import-routines.ts';
import { writeReadingRule } from './reading-rule.ts';

/** The logins that may read a dataset. */
export function readersOf(dataset: string, consumers: readonly ConsumerDeclaration[]): readonly string[] {
  return consumers
    .filter((consumer) => consumer.reads.includes(dataset))
    .flatMap((consumer) => consumer.logins);
}

/**
 * Makes the consumers, logins and rights of the warehouse those of the deployment file, in one transaction: what is no
 * longer declared is taken away, and nothing that stays is ever missing.
 */
export async function syncConsumers(
  session: Session,
  {
    schema,
    consumers,
    timeZone,
  }: {
    readonly schema: string;
    readonly consumers: readonly ConsumerDeclaration[];
    readonly timeZone: string;
  },
  fence: number,
): Promise<void> {
  const during = 'the rights of the consumers';
  await fencedTransaction(session, during, fence, async () => {
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
    await session.query(
      during,
      `insert into nightjar.login (login, consumer) select * from unnest($1::text[], $2::text[])
       on conflict (login) do update set consumer = excluded.consumer where login.consumer is distinct from excluded.consumer`,
      [logins.map((one) => one.login), logins.map((one) => one.consumer)],
    );
    await revokeUndeclared(session, schema, consumers);
    for (const { login } of logins) {
      const name = quoteIdentifier(login);
      await session.query(during, `grant usage on schema ${quoteIdentifier(schema)} to ${name}`);
      await session.query(during, `grant execute on routine ${routinesFor(schema).join(', ')} to ${name}`);
    }
    for (const view of await viewsOf(session, schema)) {
      const allowed = controlViews.has(view.name)
        ? logins.map((one) => one.login)
        : readersOf(view.name, consumers);
      for (const login of allowed.filter((name) => !view.readers.includes(name))) {
        await session.query(
          during,
          `grant select on ${qualified(schema, view.name)} to ${quoteIdentifier(login)}`,
        );
      }
      for (const login of view.readers.filter((name) => !allowed.includes(name))) {
        await session.query(
          during,
          `revoke all on ${qualified(schema, view.name)} from ${quoteIdentifier(login)}`,
        );
      }
    }
  });
}

async function revokeUndeclared(
  session: Session,
  schema: string,
  consumers: readonly ConsumerDeclaration[],
): Promise<void> {
  const during = 'the rights of the consumers';
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
    'the rights of the consumers',
    `select c.relname as name, coalesce(array_agg(distinct r.rolname::text) filter (where r.oid <> c.relowner), '{}') as readers
       from pg_class c
       left join lateral aclexplode(c.relacl) acl on true
       left join pg_roles r on r.oid = acl.grantee
      where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'v'
      group by c.oid, c.relname, c.relowner`,
    [schema],
  );
}
