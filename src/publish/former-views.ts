import { despiteReaders } from '../warehouse/despite-readers.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { comparison, type StoredDataset } from './change-view.ts';
import { fencedTransaction } from './fenced.ts';
import { importRoutines } from './import-routines.ts';
import { storeSchema } from './store.ts';

const during = 'the removal of what is published no longer';

interface FormerSchema {
  readonly name: string;
  readonly views: readonly string[];
}

/**
 * Drops what earlier publications made and nobody is to read through any more. The views and routines of a schema that was
 * the consumers' before `schema` was renamed: whoever was granted one would read on there, whatever it may read now. And the
 * comparisons of datasets that are no longer built, once no view `change` calls them. Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function dropFormerViews(
  session: Session,
  schema: string,
  stored: readonly StoredDataset[],
  fence: number,
): Promise<void> {
  const schemas = await formerSchemas(session, schema);
  const comparisons = await formerComparisons(session, stored);
  if (schemas.length === 0 && comparisons.length === 0) return;
  const what = [...schemas.map(({ name }) => name), ...comparisons.map(comparison)];
  await despiteReaders(session, what.join(', '), () =>
    fencedTransaction(session, during, fence, async () => {
      await session.query(during, "set local lock_timeout = '300ms'");
      for (const former of schemas) await dropSchema(session, former);
      for (const name of comparisons) await session.query(during, `drop function ${comparison(name)}`);
    }),
  );
}

/** Known by what only we make: a view `generation` of ours that asks which generation is read. */
async function formerSchemas(session: Session, schema: string): Promise<readonly FormerSchema[]> {
  return session.query<{ name: string; views: readonly string[] }>(
    during,
    `select n.nspname as name, array_agg(c.relname::text order by c.relname) as views
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and pg_get_userbyid(c.relowner) = current_user and n.nspname <> $1 and exists (
        select from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
         where r.ev_class = c.oid and d.refclassid = 'pg_proc'::regclass and d.refobjid = 'nightjar.reading(text)'::regprocedure)
      group by n.nspname having bool_or(c.relname = 'generation') order by n.nspname`,
    [schema],
  );
}

async function formerComparisons(
  session: Session,
  stored: readonly StoredDataset[],
): Promise<readonly string[]> {
  const gone = await session.query<{ name: string }>(
    during,
    'select proname as name from pg_proc where pronamespace = $1::regnamespace and proname <> all ($2)',
    [storeSchema, stored.map(({ dataset }) => dataset.name)],
  );
  return gone.map(({ name }) => name);
}

/** The schema itself goes where it is ours, and nothing else is in it. */
async function dropSchema(session: Session, { name, views }: FormerSchema): Promise<void> {
  await session.query(during, `drop view ${views.map((view) => qualified(name, view)).join(', ')}`);
  await session.query(during, `drop routine if exists ${importRoutines(name).join(', ')}`);
  const { empty } = await session.one<{ empty: boolean }>(
    during,
    `select pg_get_userbyid(n.nspowner) = current_user and not exists (
       select from pg_depend d where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.deptype = 'n') as empty
       from pg_namespace n where n.nspname = $1`,
    [name],
  );
  if (empty) await session.query(during, `drop schema ${quoteIdentifier(name)}`);
}
