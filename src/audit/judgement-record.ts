import type { Session } from '../warehouse/session.ts';
import { judgementName, type Judgement } from './judgement.ts';

const during = 'the record of the judgements';

/**
 * Writes down what the guards said of a candidate and against what they judged it; without this nothing can be published.
 */
export async function recordJudgements(
  session: Session,
  candidate: number,
  published: number | undefined,
  judgements: readonly Judgement[],
): Promise<void> {
  await session.query(
    during,
    `with told as (
       insert into nightjar.judgement
         (generation, name, ordinal, guard, dataset, subject, verdict, sentence, found, allowed, sample, sql)
       select $1, name, ordinal, guard, dataset, subject, verdict, sentence, found, allowed,
              array(select jsonb_array_elements_text(sample)), sql
         from jsonb_to_recordset($3) as j(name text, ordinal int, guard text, dataset text, subject text, verdict text,
                                          sentence text, found bigint, allowed bigint, sample jsonb, sql text)
     )
     update nightjar.generation set judged_at = clock_timestamp(), judged_against = $2 where number = $1`,
    [
      candidate,
      published ?? null,
      JSON.stringify(judgements.map((one, ordinal) => ({ ...one, name: judgementName(one), ordinal }))),
    ],
  );
}
