import { nightjarError } from '../error/nightjar-error.ts';
import type { SnapshotRead } from '../source/source.ts';
import { qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { rawSchemaName } from './raw-schema.ts';
import type { Skew } from './skew.ts';

/** What one source connection gave. */
export interface ConnectionRead extends SnapshotRead {
  readonly connection: string;
}

/** Writes down, in logged tables, what a connection gave: the instant, and what each raw table holds. */
export async function writeSnapshot(session: Session, run: number, read: ConnectionRead): Promise<void> {
  const during = 'the record of the snapshot';
  await session.query(
    during,
    `insert into nightjar.snapshot
       (run, connection, taken_at, clock_ahead_ms, position, open_seconds, lock_seconds, remarks)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[run, read.connection, read.takenAt, read.clockAhead, read.position ?? null],
      ...[read.times.open, read.times.locks, read.remarks],
    ],
  );
  await session.query(
    during,
    `insert into nightjar.raw_table (run, name, counted, received, bytes, seconds, repairs)
     select $1, * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::float8[], $7::jsonb[])`,
    [
      run,
      read.tables.map((table) => table.name),
      read.tables.map((table) => table.counted),
      read.tables.map((table) => table.received),
      read.tables.map((table) => table.bytes),
      read.tables.map((table) => table.seconds),
      read.tables.map((table) => JSON.stringify(table.repairs)),
    ],
  );
}

/** Writes down how far apart a run's snapshots lie. */
export async function writeSkew(session: Session, run: number, skew: Skew): Promise<void> {
  await session.query(
    'the record of the skew',
    'update nightjar.run set skew_seconds = $2, skew_limit = $3 where number = $1',
    [run, skew.seconds, skew.limit],
  );
}

/**
 * Compares what each raw table holds with what was written down when it came: after a crash of the server an unlogged
 * table is there and empty, without an error. Throws NJ-WAREHOUSE-RAW-LOST, NJ-SOURCE-CUT-SHORT.
 */
export async function compareRawTables(session: Session, run: number): Promise<void> {
  const during = 'the comparison of the raw tables with their record';
  const tables = await session.query<{ name: string; counted: number; received: number }>(
    during,
    'select name, counted, received from nightjar.raw_table where run = $1 order by name',
    [run],
  );
  for (const table of tables) {
    const { rows } = await session.one<{ rows: number }>(
      during,
      `select count(*) as rows from ${qualified(rawSchemaName(run), table.name)}`,
    );
    if (rows !== table.received) {
      throw nightjarError('NJ-WAREHOUSE-RAW-LOST', {
        table: table.name,
        expected: table.received,
        found: rows,
      });
    }
    if (table.received !== table.counted) {
      throw nightjarError('NJ-SOURCE-CUT-SHORT', {
        table: table.name,
        expected: String(table.counted),
        received: String(table.received),
      });
    }
  }
}
