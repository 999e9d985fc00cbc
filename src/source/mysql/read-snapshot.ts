import type { Server } from '../server.ts';
import { SnapshotScope } from '../snapshot-scope.ts';
import type { SnapshotRead, SnapshotRequest, TableRead, TableToRead } from '../source.ts';
import { startEqualSnapshots } from './equal-snapshots.ts';
import { openReader } from './open-reader.ts';
import { lockTable } from './lock-table.ts';
import { madeAt } from './made-at.ts';
import { readTable } from './read-table.ts';
import { MysqlSession } from './session.ts';
import { checkSameThread, endSnapshot, type OpenSnapshot, startSnapshot } from './snapshot.ts';

/** Seconds: a global read lock that does not come at once, or that we can no longer let go, would hold up every writer behind it. */
const readLock = { lockWait: 2, patience: 5 };

/** Reads all tables of a request as of one instant: the volatile ones first, which are let go at once. */
export async function readSnapshot(
  name: string,
  server: () => Server,
  request: SnapshotRequest,
): Promise<SnapshotRead> {
  using scope = new SnapshotScope(name, request.signal);
  scope.prepare(request.limits, request.tables.length);
  const { signal } = scope;
  const { lockWait, snapshotLimit } = request.limits;
  const options = { name, server, lockWait, patience: snapshotLimit + 60, signal };
  const [early, late] = partition(request.tables);
  const remarks: string[] = [];

  await using main = await openReader(options);
  const made = await madeAt(main, request.tables);
  const read = async (session: MysqlSession, tables: readonly TableToRead[]): Promise<TableRead[]> => {
    const done: TableRead[] = [];
    for (const table of tables) {
      await scope.waiting(() => lockTable(session, table));
      done.push(await readTable({ session, table, request, made, signal }));
    }
    if (!session.givesPackets && !remarks.includes(slowWay(name))) remarks.push(slowWay(name));
    await checkSameThread(session);
    await endSnapshot(session);
    return done;
  };

  if (early.length === 0 || late.length === 0) {
    const snapshot = await startSnapshot(main);
    scope.limit(snapshotLimit);
    const tables = await read(main, request.tables);
    return { ...snapshot, times: scope.times, tables, remarks };
  }
  const tables: TableRead[] = [];
  let snapshot: OpenSnapshot | undefined;
  {
    await using first = await openReader(options);
    snapshot = await startEqualSnapshots(main, first, () => MysqlSession.open({ ...options, ...readLock }));
    scope.limit(snapshotLimit);
    if (snapshot !== undefined) tables.push(...(await read(first, early)));
  }
  if (snapshot !== undefined) {
    tables.push(...(await read(main, late)));
    return { ...snapshot, times: scope.times, tables, remarks };
  }
  remarks.push(sharedSnapshot(name));
  const only = await startSnapshot(main);
  tables.push(...(await read(main, [...early, ...late])));
  return { ...only, times: scope.times, tables, remarks };
}

function partition(
  tables: readonly TableToRead[],
): readonly [readonly TableToRead[], readonly TableToRead[]] {
  return [
    tables.filter((table) => table.declared.volatile),
    tables.filter((table) => !table.declared.volatile),
  ];
}

function slowWay(name: string): string {
  return `The rows of "${name}" could not be taken as bytes: its server prepares no statement for us (max_prepared_stmt_count), or this version of the MySQL driver hands rows over in another way. They were read by the slower way.`;
}

function sharedSnapshot(name: string): string {
  return `The server behind "${name}" can neither name a snapshot's position (its binary log is off, or it is MySQL) nor be locked for a moment by our user (RELOAD): the volatile tables were read first, but could not be truncated or altered until all tables were read.`;
}
