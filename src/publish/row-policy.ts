import { generationColumn } from '../build/candidate.ts';
import { qualified, quoteLiteral } from '../warehouse/identifier.ts';
import { storeSchema, type StoreTable } from './store.ts';

/**
 * The statements that keep the rows of each generation apart in a dataset's store tables, by row-level security. A reader can keep
 * PostgreSQL from leaving the other generations' partitions aside (enable_partition_pruning); its own conditions must
 * not be asked of their rows, since the message of one that fails tells what is in them, letter by letter. PostgreSQL
 * asks a policy before any of them, as it does the condition of a view that is a security barrier; but such a view is read
 * by one process alone, in twice the time, and joined without its indexes.
 *
 * The generation of the last receipt is there for the view `change`, which compares with it.
 */
export function rowPolicySql(dataset: string, tables: readonly StoreTable[]): readonly string[] {
  const policy = 'one_generation';
  return tables.flatMap((table) => {
    const store = qualified(storeSchema, table.name);
    return [
      `drop policy if exists ${policy} on ${store}`,
      `create policy ${policy} on ${store} using (
  (select pg_has_role(current_user, n.nspowner, 'usage') from pg_namespace n where n.nspname = ${quoteLiteral(storeSchema)})
  or ${generationColumn} = (select nightjar.reading(${quoteLiteral(dataset)}))
  or ${generationColumn} = (select r.generation from nightjar.receipt r
       where r.consumer = nightjar.consumer_looking() order by r.number desc limit 1))`,
      `alter table ${store} enable row level security`,
      // The views belong to the tables' owner, who is not asked otherwise.
      `alter table ${store} force row level security`,
    ];
  });
}
