import { generationSchemaName } from '../build/candidate.ts';
import { qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { hasKey, isSameKey } from './key-text.ts';
import { isKeyOf, otherKeyOf, type NightOfGeneration, type OtherKey } from './other-key.ts';
import { publishedLine, type LineGeneration } from './published-line.ts';

/** A generation that is kept, and whether it holds a key. */
export interface KeyPresence {
  readonly generation: number;
  readonly asOf: string;
  readonly release: string;
  readonly state: 'published' | 'held';
  readonly goneBackFrom: boolean;
  readonly present: boolean;
}

/** A key that left with a generation, or would leave with one that is held. */
export interface KeyDeparture {
  readonly generation: number;
  readonly asOf: string;
  readonly release: string;
  readonly state: 'published' | 'retired' | 'held';
  readonly goneBackFrom: boolean;
  readonly kind: 'foretold' | 'evidence' | null;
  readonly reason: string | null;
  readonly inSource: boolean | null;
}

/** A row that was broken when a generation was built. */
export interface KeyHeld {
  readonly generation: number;
  readonly asOf: string;
  readonly state: 'published' | 'retired' | 'held';
  readonly goneBackFrom: boolean;
  readonly rules: readonly string[];
  readonly since: string;
  readonly outcome: string;
}

/** All that is known of one key of a dataset. */
export interface KeyHistory {
  /** The dataset is not in what is published: since which night; `never`: it has not been before. Null where it is. */
  readonly unpublished: NightOfGeneration | 'never' | null;
  readonly otherKey: OtherKey | null;
  readonly presence: readonly KeyPresence[];
  readonly departures: readonly KeyDeparture[];
  readonly held: readonly KeyHeld[];
  /** Since when it is struck out: a date in the calendar of the nights. */
  readonly struckOut: string | null;
  /** Whether others were struck out by another key than the dataset is asked by: this may be one of them. */
  readonly struckOutByAnotherKey: boolean;
}

/** The key that is asked for, and against what. */
export interface KeyQuestion {
  readonly dataset: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly published: number;
  /** Of the nights. */
  readonly timeZone: string;
}

/** Looks a key up in the generations kept and in what was written down of those that are gone, the newest first. */
export async function keyHistory(
  session: Session,
  { dataset, key, published, timeZone }: KeyQuestion,
): Promise<KeyHistory> {
  const during = `the search for a key of dataset ${dataset}`;
  const json = JSON.stringify(key);
  const line = await publishedLine(session, published, dataset);
  const inLine = new Set(line.map(({ generation }) => generation));
  const standing = <One extends { readonly generation: number; readonly state: string }>(
    one: One,
  ): One & { readonly goneBackFrom: boolean } => ({
    ...one,
    goneBackFrom: one.state !== 'held' && !inLine.has(one.generation),
  });
  const kept = await session.query<{
    generation: number;
    asOf: string;
    release: string;
    state: 'published' | 'held';
    keyColumns: string[];
  }>(
    during,
    `select g.number as generation, g.as_of::text as "asOf", g.release, g.state, d.key_columns as "keyColumns"
       from nightjar.generation g join nightjar.dataset d on d.generation = g.number
      where d.name = $1 and g.state in ('published', 'held') order by g.number desc`,
    [dataset],
  );
  const names = Object.keys(key);
  const presence: KeyPresence[] = [];
  for (const { generation, asOf, release, state, keyColumns } of kept) {
    if (!isKeyOf(keyColumns, names)) continue;
    const rows = await session.query(
      during,
      `select from ${qualified(generationSchemaName(generation), dataset)} t where ${hasKey('t', names, '$1::jsonb')}`,
      [json],
    );
    presence.push(standing({ generation, asOf, release, state, present: rows.length > 0 }));
  }
  const departures = await session.query<{
    generation: number;
    asOf: string;
    release: string;
    state: 'published' | 'retired' | 'held';
    kind: 'foretold' | 'evidence' | null;
    reason: string | null;
    inSource: boolean | null;
  }>(
    during,
    `select d.generation, g.as_of::text as "asOf", g.release, g.state, d.kind, d.reason, d.in_source as "inSource"
       from nightjar.departure d join nightjar.generation g on g.number = d.generation
      where d.dataset = $1 and ${isSameKey('d.key', names, '$2::jsonb')} and g.state in ('published', 'retired', 'held') order by d.generation desc`,
    [dataset, json],
  );
  const held = await session.query<{
    generation: number;
    asOf: string;
    state: 'published' | 'retired' | 'held';
    rules: string[];
    since: string;
    outcome: string;
  }>(
    during,
    `select h.generation, g.as_of::text as "asOf", g.state, h.rules, h.since::text, h.outcome
       from nightjar.held_row h join nightjar.generation g on g.number = h.generation
      where h.dataset = $1 and ${isSameKey('h.key', names, '$2::jsonb')} and g.state in ('published', 'retired', 'held') order by h.generation desc`,
    [dataset, json],
  );
  const [erasure] = await session.query<{ at: string }>(
    during,
    `select (at at time zone $3)::date::text as at from nightjar.erasure
      where dataset = $1 and ${isSameKey('key', names, '$2::jsonb')} order by erasure.at`,
    [dataset, json, timeZone],
  );
  const { other } = await session.one<{ other: boolean }>(
    during,
    `select exists (select from nightjar.erasure where dataset = $1
       and not (key ?& $2::text[] and key - $2::text[] = '{}')) as other`,
    [dataset, names],
  );
  return {
    unpublished: unpublishedSince(line),
    otherKey: await otherKeyOf(session, dataset, line, names),
    presence,
    departures: departures.map(standing),
    held: held.map(standing),
    struckOut: erasure?.at ?? null,
    struckOutByAnotherKey: other,
  };
}

function unpublishedSince(line: readonly LineGeneration[]): KeyHistory['unpublished'] {
  const had = line.findIndex(({ keyColumns }) => keyColumns !== null);
  if (had === 0) return null;
  const first = had === -1 ? undefined : line[had - 1];
  return first === undefined ? 'never' : { generation: first.generation, asOf: first.asOf };
}
