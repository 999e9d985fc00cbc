import { compareTables } from '../compare.ts';
import { provesKey } from '../proves-key.ts';
import { SnapshotScope } from '../snapshot-scope.ts';
import type { SnapshotRead, SnapshotRequest, TableRead, TableToRead } from '../source.ts';
import { describeTables } from './describe.ts';
import { fingerprints } from './fingerprint.ts';
import { readTable } from './read-table.ts';
import { PostgresSession, type SessionOptions } from './session.ts';
import { beginLocked, endSnapshot, joinSnapshot, startSnapshot } from './snapshot.ts';

/** Reads all tables of a request as of one instant: the volatile ones first, which are let go at once. */
export async function readSnapshot(
  address: Pick<SessionOptions, 'name' | 'server' | 'database'>,
  request: SnapshotRequest,
): Promise<SnapshotRead> {
  using scope = new SnapshotScope(address.name, request.signal);
  scope.prepare(request.limits, request.tables.length);
  const { signal } = scope;
  const { lockWait, snapshotLimit } = request.limits;
  const open = (): Promise<PostgresSession> => PostgresSession.open({ ...address, lockWait, signal });
  const early = request.tables.filter((table) => table.declared.volatile);
  const late = request.tables.filter((table) => !table.declared.volatile);
  const files = new Map<TableToRead, string | null>();
  const read = async (session: PostgresSession, tables: readonly TableToRead[]): Promise<TableRead[]> => {
    const done: TableRead[] = [];
    for (const table of tables) {
      const reading = { session, table, files: files.get(table) ?? null, request, scope };
      done.push({ ...(await readTable(reading)), keyIsProved: proved.has(table) });
    }
    await endSnapshot(session);
    return done;
  };

  await using main = await open();
  const proved = await compareAll(main, request.tables);
  await using first = early.length === 0 ? undefined : await open();
  // The source truncates these at night: locked before there is a snapshot, they cannot change behind it.
  if (first !== undefined) {
    const session = first;
    await scope.waiting(() => beginLocked(session, early));
    scope.limit(snapshotLimit);
  }
  const found = await fingerprints(main, request.tables);
  request.tables.forEach((table, index) => files.set(table, found[index] ?? null));
  const snapshot = await startSnapshot(main, first !== undefined);
  scope.limit(snapshotLimit);
  const tables: TableRead[] = [];
  if (first !== undefined) {
    await joinSnapshot(first, snapshot);
    tables.push(...(await read(first, early)));
  }
  tables.push(...(await read(main, late)));
  const { takenAt, clockAhead, position } = snapshot;
  return { takenAt, clockAhead, position, times: scope.times, tables, remarks: [] };
}

/**
 * Throws the first difference between the declarations and what the source has before there is a snapshot. Gives the tables
 * whose declared keys the source keeps unique.
 */
async function compareAll(
  session: PostgresSession,
  tables: readonly TableToRead[],
): Promise<ReadonlySet<TableToRead>> {
  const proved = new Set<TableToRead>();
  for (const schema of new Set(tables.map((table) => table.schema))) {
    const live = await describeTables(session, schema);
    const [difference] = compareTables(session.name, tables, live);
    if (difference !== undefined) throw difference;
    for (const table of tables) {
      const found = live.tables.find(
        (one) => one.schema === table.schema && one.table === table.declared.table,
      );
      if (found !== undefined && provesKey(found, table.declared)) proved.add(table);
    }
  }
  return proved;
}
