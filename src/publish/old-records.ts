import { crashPoint } from '../error/crash-point.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';

const during = 'the deletion of records that nothing asks for any more';

/**
 * For so many nights that published, a year and a month of them, `nightjar why` knows what left, and what was held. Counted
 * in nights and not in days: a clock that is wrong, or a night with a mistyped date, must not take a year away. Never
 * fewer than those that a guard looks back on (src/audit/guards/pace.ts).
 */
export const recordNights = 400;

/** Rows of one transaction: the fence is held for a moment only, should somebody go back meanwhile. */
const batch = 10_000;

/** The first generation whose records stay, and the run that built it. */
interface Kept {
  readonly generation: number;
  readonly run: number;
}

/**
 * Deletes what was written down of nights and is needed no more (docs/decisions/0016-what-is-kept-of-a-night.md). Each
 * transaction is whole in itself: whatever ends it in between, the next run goes on.
 *
 * @param nights whose departures, held rows, judgements and reading are kept.
 */
export async function deleteOldRecords(
  session: Session,
  fence: number,
  nights: number = recordNights,
): Promise<void> {
  const kept = await firstKept(session, nights);
  for (const [table, which] of goingRecords(kept)) {
    const { found } = await session.one<{ found: boolean }>(during, `select exists (${which}) as found`);
    if (found) await deleteAll(session, fence, table, which);
  }
}

/** What goes: a table, and a SELECT of its rows. Whatever is not here is kept for ever. */
function goingRecords(kept: Kept): readonly (readonly [table: string, which: string])[] {
  const withItsGeneration = (table: string): readonly [string, string] => [
    table,
    `select r.ctid from nightjar.${table} r join nightjar.generation g on g.number = r.generation
      where g.state in ('retired', 'discarded')`,
  ];
  const after = (table: string, by: keyof Kept, unless = ''): readonly [string, string] => [
    table,
    `select r.ctid from nightjar.${table} r where r.${by} < ${kept[by]}${unless}`,
  ];
  return [
    withItsGeneration('measure'),
    withItsGeneration('data_fault'),
    withItsGeneration('data_fault_count'),
    after('departure', 'generation'),
    after('held_row', 'generation'),
    // What somebody excused is told as long as that somebody did.
    after(
      'judgement',
      'generation',
      ` and not exists (select from nightjar.decision d where d.generation = r.generation and d.judgement = r.name)`,
    ),
    after('raw_table', 'run'),
    after('snapshot', 'run'),
  ];
}

/**
 * Not by their dates, but by when they were published: an old night that is run again is a recent one. Nor anything of a
 * generation that is still there, or of those after it, since a consumer that reads it will ask what left meanwhile.
 */
async function firstKept(session: Session, nights: number): Promise<Kept> {
  const [kept] = await session.query<Kept>(
    during,
    `with nights as (
       select max(g.number) as latest from nightjar.generation g
        where g.state in ('published', 'retired') group by g.as_of order by 1 desc offset $1 limit 1
     ), there as (
       select min(g.number) as first from nightjar.generation g
        where g.state in ('building', 'audited', 'held', 'published')
     )
     select g.number as generation, g.run from nights n, there t, nightjar.generation g
      where g.number = least(n.latest, t.first)`,
    [nights - 1],
  );
  // Numbers begin at 1: nothing is older than this.
  return kept ?? { generation: 0, run: 0 };
}

async function deleteAll(session: Session, fence: number, table: string, which: string): Promise<void> {
  for (;;) {
    const gone = await fencedTransaction(session, during, fence, async () => {
      const { rows } = await session.one<{ rows: number }>(
        during,
        `with gone as (delete from nightjar.${table} where ctid = any (array(${which} limit ${batch})) returning 1)
         select count(*) as rows from gone`,
      );
      crashPoint('retain.records-uncommitted');
      return rows;
    });
    crashPoint('retain.records-deleted');
    if (gone < batch) return;
  }
}
