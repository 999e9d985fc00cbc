import { crashPoint } from '../error/crash-point.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';

/** Days for which it is known why a key left, which rows were held and how a night was judged: a year, and some. */
const daysKnown = 400;

const gone = "g.state in ('retired', 'discarded')";
const longAgo = `g.as_of < (select max(as_of) from nightjar.generation where state = 'published') - ${daysKnown}`;

/**
 * What is written down of a generation, and from when on nobody needs it. What was published when, what people decided, what
 * was struck out and what consumers said is kept for ever; so is each generation's own row, which those refer to.
 */
const records: readonly { readonly table: string; readonly needless: string }[] = [
  // Compared with while it can be gone back to.
  { table: 'measure', needless: gone },
  // "Since when" goes by the list of the night before.
  { table: 'data_fault', needless: gone },
  { table: 'data_fault_count', needless: `${gone} and ${longAgo}` },
  // Of a candidate that was never published nothing left.
  { table: 'departure', needless: `g.state = 'discarded' or (${gone} and ${longAgo})` },
  { table: 'held_row', needless: `g.state = 'discarded' or (${gone} and ${longAgo})` },
  {
    table: 'judgement',
    needless: `${gone} and ${longAgo} and not exists (select from nightjar.decision d where d.generation = g.number)`,
  },
];

/** Deletes what is known of generations that are gone and that nobody asks for any more. */
export async function forget(session: Session, fence: number): Promise<void> {
  for (const { table, needless } of records) {
    const during = `the retention of nightjar.${table}`;
    await fencedTransaction(session, during, fence, () =>
      session.query(
        during,
        `delete from nightjar.${table} r using nightjar.generation g where g.number = r.generation and (${needless})`,
      ),
    );
  }
  crashPoint('retain.forgotten');
}
