import { SnapshotBroken } from '../snapshot-broken.ts';
import type { TableToRead } from '../source.ts';
import type { MysqlSession } from './session.ts';

/** When each table was made or renamed, by its raw name; a view, and a table that is not there, has no such time. */
export type MadeAt = ReadonlyMap<string, string>;

/** Asks when tables were made, before their snapshot begins. Takes no lock that outlives the question. */
export async function madeAt(session: MysqlSession, tables: readonly TableToRead[]): Promise<MadeAt> {
  const made = new Map<string, string>();
  for (const table of tables) {
    const at = await madeAtNow(session, table);
    if (at !== undefined) made.set(table.declared.name, at);
  }
  return made;
}

/**
 * Throws SnapshotBroken where another table was put in a table's place since. InnoDB refuses one that was made under the snapshot
 * (error 1412); of one that was made before, filled since and renamed, the snapshot shows what it held then, and nothing says so.
 *
 * @param table one whose metadata lock we have.
 */
export async function checkNotReplaced(
  session: MysqlSession,
  table: TableToRead,
  made: MadeAt,
): Promise<void> {
  const before = made.get(table.declared.name);
  if (before !== undefined && (await madeAtNow(session, table)) !== before)
    throw new SnapshotBroken(table.declared.name);
}

async function madeAtNow(
  session: MysqlSession,
  { schema, declared }: TableToRead,
): Promise<string | undefined> {
  const [[at] = []] = await session.query(
    'SELECT CREATE_TIME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?',
    { printed: `the catalogue of ${schema}`, raw: '' },
    [schema, declared.table],
  );
  return at ?? undefined;
}
