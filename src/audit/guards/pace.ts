import { grouped } from '../../error/amount.ts';
import type { Session } from '../../warehouse/session.ts';
import type { Judgement } from '../judgement.ts';

/** Nights that tonight's are compared with, and the fewest of them that say something. */
const nights = 7;
const fewest = 3;
/** Of the median: fewer rows are too few; an extract that takes less time is too fast, where it takes a minute at all. */
const smallest = 0.8;
const fastest = 0.25;
const slowEnoughSeconds = 60;

interface Pace {
  readonly rows: number;
  readonly seconds: number;
}

/**
 * Runs whose generation was published or gone back to since the last rollback, or since an approval of this guard, both
 * included: what was usual before is not any more.
 */
const sinceApprovedOrGoneBack = `
  select g.run from nightjar.journal j join nightjar.generation g on g.number = j.generation
   where j.kind in ('publish', 'rollback') and j.entry >= coalesce((
     select max(b.entry) from nightjar.journal b
      where b.kind = 'rollback' or b.kind = 'publish' and exists (
        select from nightjar.decision d where d.kind = 'approve' and d.generation = b.generation and d.judgement = 'pace')), 0)`;

/** Whether far less was read than on recent nights, or in far less time: a source that was not what it is. */
export async function judgePace(session: Session, run: number): Promise<Judgement> {
  const during = 'the look-up of recent nights';
  const recent = await session.query<{ rows: number; seconds: number }>(
    during,
    `select (select coalesce(sum(t.received), 0) from nightjar.raw_table t where t.run = r.number)::bigint as rows,
            coalesce((r.stage_seconds ->> 'extract')::float8, 0) as seconds
       from nightjar.run r where r.outcome = 'published' and r.number in (${sinceApprovedOrGoneBack}) order by r.number desc limit ${nights}`,
  );
  const tonight = await session.one<{ rows: number; seconds: number }>(
    during,
    `select (select coalesce(sum(t.received), 0) from nightjar.raw_table t where t.run = r.number)::bigint as rows,
            coalesce((r.stage_seconds ->> 'extract')::float8, 0) as seconds
       from nightjar.run r where r.number = $1`,
    [run],
  );
  const about = {
    guard: 'pace',
    dataset: undefined,
    subject: undefined,
    sample: [],
    sql: undefined,
  } as const;
  if (recent.length < fewest) {
    const sentence = `${grouped(tonight.rows)} rows were read in ${tonight.seconds.toFixed(1)} s; there are fewer than ${fewest} published nights to compare with.`;
    return { ...about, verdict: 'noted', sentence, found: 0, allowed: 0 };
  }
  const rows = median(recent.map((one) => one.rows));
  const seconds = median(recent.map((one) => one.seconds));
  const tooFew = tonight.rows < rows * smallest;
  const tooFast = seconds >= slowEnoughSeconds && tonight.seconds < seconds * fastest;
  return {
    ...about,
    verdict: tooFew || tooFast ? 'failed' : 'passed',
    sentence: `${wordsOf(tonight)}; the median of the latest ${recent.length} published nights is ${wordsOf({ rows, seconds })}.${
      tooFew ? ` That is less than ${smallest * 100} % of the rows.` : ''
    }${tooFast ? ` That is less than ${fastest * 100} % of the time.` : ''}`,
    found: Math.max(0, Math.round(rows - tonight.rows)),
    allowed: Math.floor(rows * (1 - smallest)),
  };
}

function wordsOf({ rows, seconds }: Pace): string {
  return `${grouped(Math.round(rows))} rows were read in ${seconds.toFixed(1)} s`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
