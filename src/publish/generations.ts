import type { QueryResultRow } from 'pg';
import type { Skew } from '../extract/skew.ts';
import type { Session } from '../warehouse/session.ts';

export type GenerationState = 'building' | 'audited' | 'published' | 'held' | 'discarded' | 'retired';

/** A generation as `nightjar generations` lists it. */
export interface GenerationSummary {
  readonly number: number;
  readonly state: GenerationState;
  readonly asOf: string;
  readonly release: string;
  readonly publishedAt: Date | null;
  readonly datasets: number;
  readonly rows: number;
  readonly bytes: number;
  /** Consumers whose new sessions read it. */
  readonly readBy: readonly string[];
}

/** All generations that still exist or were ever published, the newest first. */
export async function listGenerations(session: Session): Promise<readonly GenerationSummary[]> {
  return session.query<{
    number: number;
    state: GenerationState;
    asOf: string;
    release: string;
    publishedAt: Date | null;
    datasets: number;
    rows: number;
    bytes: number;
    readBy: readonly string[];
  }>(
    'the list of generations',
    `select g.number, g.state, g.as_of::text as "asOf", g.release, g.published_at as "publishedAt",
            count(d.name)::int as datasets, coalesce(sum(d.rows), 0)::bigint as rows, coalesce(sum(d.bytes), 0)::bigint as bytes,
            array(select c.name from nightjar.consumer c
                   where nightjar.current_generation(c.name) = g.number order by c.name) as "readBy"
       from nightjar.generation g left join nightjar.dataset d on d.generation = g.number
      group by g.number order by g.number desc`,
  );
}

/** The numbers of those that can be read, compared and gone back to, for a message. */
export function keptAmong(all: readonly GenerationSummary[]): string {
  const kept = all.filter((one) => one.state === 'published').map((one) => one.number);
  return kept.join(', ') || 'none';
}

/** The generation that was published (or gone back to) last; `undefined` before the first. */
export async function publishedGeneration(session: Session): Promise<number | undefined> {
  const [row] = await session.query<{ generation: number }>(
    'the look-up of the published generation',
    "select generation from nightjar.journal where kind in ('publish', 'rollback') order by entry desc limit 1",
  );
  return row?.generation;
}

/** A snapshot that a generation was made from. */
export interface GenerationSnapshot {
  readonly connection: string;
  /** By the source's own clock. */
  readonly takenAt: Date;
  /** Milliseconds by which that clock was ahead of ours. */
  readonly clockAheadMs: number;
  readonly position: string | null;
  readonly openSeconds: number;
  readonly lockSeconds: number;
  /** What was out of the ordinary with it, in sentences: that rows were read the slow way, and why. */
  readonly remarks: readonly string[];
}

export interface GenerationDetails {
  readonly snapshots: readonly GenerationSnapshot[];
  /** Between the first and the last of them. */
  readonly skew: Skew;
  readonly repairs: readonly {
    readonly table: string;
    readonly column: string;
    readonly kind: string;
    readonly cells: number;
  }[];
}

/** Of which instants a generation is, and what was repaired on the way. */
export async function generationDetails(session: Session, generation: number): Promise<GenerationDetails> {
  const during = 'the details of the generation';
  const snapshots = await session.query<GenerationSnapshot & QueryResultRow>(
    during,
    `select s.connection, s.taken_at as "takenAt", s.clock_ahead_ms as "clockAheadMs", s.position,
            s.open_seconds as "openSeconds", s.lock_seconds as "lockSeconds", s.remarks
       from nightjar.snapshot s join nightjar.generation g on g.run = s.run where g.number = $1 order by 1`,
    [generation],
  );
  const skew = await session.one<{ seconds: number; limit: number }>(
    during,
    `select coalesce(r.skew_seconds, 0) as seconds, coalesce(r.skew_limit, 0) as "limit"
       from nightjar.run r join nightjar.generation g on g.run = r.number where g.number = $1`,
    [generation],
  );
  const repairs = await session.query<{ table: string; column: string; kind: string; cells: number }>(
    during,
    `select t.name as table, r.column, r.kind, r.cells
       from nightjar.raw_table t join nightjar.generation g on g.run = t.run
       cross join lateral jsonb_to_recordset(t.repairs) as r("column" text, kind text, cells int)
      where g.number = $1 order by 1, 2, 3`,
    [generation],
  );
  return { snapshots, skew, repairs };
}

/** Of which night a generation is, and of which instant: that of the first of its snapshots, by the source's own clock. */
export interface GenerationRead {
  readonly generation: number;
  readonly asOf: string;
  readonly readAt: Date;
}

export async function generationRead(session: Session, generation: number): Promise<GenerationRead> {
  return session.one<{ generation: number; asOf: string; readAt: Date }>(
    'the look-up of when a generation was read',
    `select g.number as generation, g.as_of::text as "asOf", coalesce(min(s.taken_at), g.built_at) as "readAt"
       from nightjar.generation g left join nightjar.snapshot s on s.run = g.run where g.number = $1 group by g.number`,
    [generation],
  );
}
