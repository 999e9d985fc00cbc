import { printKeys } from '../../build/print-key.ts';
import { amount, grouped } from '../../error/amount.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import { quoteLiteral } from '../../warehouse/identifier.ts';
import type { Session } from '../../warehouse/session.ts';
import { allowedRows, areAllowed, type Nights } from '../allowance.ts';
import type { Judgement } from '../judgement.ts';

/** How many keys a judgement names. */
const named = 5;

interface Outcome {
  readonly outcome: 'held' | 'left out' | 'unfit' | 'departed';
  readonly rows: number;
}

/**
 * Rows that broke their contract. A few never keep the others from being published; many say that something is wrong with
 * more than rows. A row whose last good version does not satisfy today's contract would be missing: that is for a person.
 *
 * @param rows the dataset's, as built.
 */
export async function judgeHeldRows(
  session: Session,
  candidate: number,
  dataset: Dataset,
  { rows, nights }: { readonly rows: number; readonly nights: Nights },
): Promise<readonly Judgement[]> {
  const during = `the count of held rows of dataset ${dataset.name}`;
  const outcomes = await session.query<{ outcome: Outcome['outcome']; rows: number }>(
    during,
    'select outcome, count(*) as rows from nightjar.held_row where generation = $1 and dataset = $2 group by 1 order by 1',
    [candidate, dataset.name],
  );
  const found = outcomes.reduce((sum, one) => sum + one.rows, 0);
  const allowed = allowedRows(dataset.contract.guards.held_rows, rows, nights);
  const about = { guard: 'held_rows', dataset: dataset.name, subject: undefined, found, allowed } as const;
  if (found === 0) {
    const sentence = `${dataset.name}: every row keeps its contract.`;
    return [{ ...about, verdict: 'passed', sentence, sample: [], sql: undefined }];
  }
  const rules = await session.query<{ rule: string; rows: number }>(
    during,
    `select rule, count(*) as rows from nightjar.held_row h cross join unnest(h.rules) rule
      where h.generation = $1 and h.dataset = $2 group by 1 order by 2 desc, 1`,
    [candidate, dataset.name],
  );
  const list = `select key, rules, since, outcome from nightjar.held_row where generation = ${candidate} and dataset = ${quoteLiteral(dataset.name)} order by key`;
  const sample = await session.query<{ key: Readonly<Record<string, unknown>> }>(
    during,
    `${list} limit ${named}`,
  );
  const count = (outcome: Outcome['outcome']): number =>
    outcomes.find((one) => one.outcome === outcome)?.rows ?? 0;
  const unfit = count('unfit');
  return [
    {
      ...about,
      verdict: found > allowed || unfit > 0 ? 'failed' : 'noted',
      sentence: [
        `${dataset.name}: ${amount(found, 'row')} broke ${found === 1 ? 'its' : 'their'} contract; ${areAllowed(allowed)}.`,
        `Broken: ${rules.map((one) => `${one.rule} (${grouped(one.rows)})`).join(', ')}.`,
        ...told('The last good version stands in for', count('held')),
        ...told('Left out, because none was ever good:', count('left out')),
        ...told('Left out, because what it belongs to has left:', count('departed')),
        ...told(
          "Would be left out, because the last good version does not satisfy today's contract (when_held can give what it lacks), or cannot be found by the key (key_was can say what it was), or refers to what has another key now, and may have left:",
          unfit,
        ),
      ].join(' '),
      sample: printKeys(
        sample.map(({ key }) => key),
        dataset.contract.key,
      ),
      sql: list,
    },
  ];
}

function told(words: string, rows: number): readonly string[] {
  return rows === 0 ? [] : [`${words} ${grouped(rows)}.`];
}
