import { createHash } from 'node:crypto';
import { generationColumn } from '../build/candidate.ts';
import { crashPoint } from '../error/crash-point.ts';
import { despiteReaders } from '../warehouse/despite-readers.ts';
import { qualified, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';
import { storeSchema, type StoreTable } from './store.ts';

const policy = 'one_generation';

/**
 * Keeps the rows of each generation apart in a dataset's store tables, by row-level security. A reader can keep PostgreSQL from
 * leaving the other generations' partitions aside (enable_partition_pruning); its own conditions must not be asked of
 * their rows, since the message of one that fails tells what is in them, letter by letter. PostgreSQL asks a policy before
 * any of them, as it does the condition of a view that is a security barrier; but such a view is read by one process alone,
 * in twice the time, and joined without its indexes (docs/decisions/0017-row-level-security-keeps-generations-apart.md).
 *
 * Only a table that is not as it should be is locked: nobody reads one yet that has just been made. Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function ensureRowPolicy(
  session: Session,
  dataset: string,
  tables: readonly StoreTable[],
  fence: number,
): Promise<void> {
  const during = `the row-level security of dataset ${dataset}`;
  const condition = policyCondition(dataset);
  const signature = createHash('sha256').update(condition).digest('hex');
  const right = await session.query<{ name: string }>(
    during,
    `select c.relname as name from pg_class c join pg_policy p on p.polrelid = c.oid
      where c.relnamespace = $1::regnamespace and c.relname = any ($2) and c.relrowsecurity and c.relforcerowsecurity
        and p.polname = $3 and obj_description(p.oid, 'pg_policy') = $4`,
    [storeSchema, tables.map(({ name }) => name), policy, signature],
  );
  for (const { name } of tables) {
    if (right.some((one) => one.name === name)) continue;
    const store = qualified(storeSchema, name);
    // A consumer holds it by a view that reads it.
    await despiteReaders(session, `${storeSchema}.${name}`, () =>
      fencedTransaction(session, during, fence, async () => {
        await session.query(during, "set local lock_timeout = '300ms'");
        await session.query(during, `drop policy if exists ${policy} on ${store}`);
        await session.query(during, `create policy ${policy} on ${store} using (\n${condition})`);
        await session.query(during, `comment on policy ${policy} on ${store} is ${quoteLiteral(signature)}`);
        await session.query(during, `alter table ${store} enable row level security`);
        // The views belong to the tables' owner, who is not asked otherwise.
        await session.query(during, `alter table ${store} force row level security`);
      }),
    );
    crashPoint('publish.policy-made');
  }
}

/**
 * An operator who looks, or the comparison behind the view `change`; the generation that is read. Whoever asks needs no
 * right to what the condition asks for: it is asked with those of the views' owner.
 */
function policyCondition(dataset: string): string {
  return `  (select pg_has_role(current_user, n.nspowner, 'usage') from pg_namespace n where n.nspname = ${quoteLiteral(storeSchema)})
  or ${generationColumn} = (select nightjar.reading(${quoteLiteral(dataset)}))`;
}
