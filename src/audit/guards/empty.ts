import { amount } from '../../error/amount.ts';
import type { Judgement } from '../judgement.ts';
import { keysIn } from '../rows-shown.ts';
import type { GuardContext } from './guard-context.ts';

/** No row where there were rows: whatever the reason, a person looks at it. */
export function judgeEmpty({ dataset, before, after, pair }: GuardContext): readonly Judgement[] {
  const emptied = after.rows === 0 && before.rows > 0;
  return [
    {
      guard: 'empty',
      dataset: dataset.name,
      subject: undefined,
      verdict: emptied ? 'failed' : 'passed',
      sentence: emptied
        ? `${dataset.name} has no row tonight, and ${amount(before.rows, 'row')} ${before.rows === 1 ? 'is' : 'are'} published: a table was probably emptied, or being refilled, as we read.`
        : `${dataset.name} has ${amount(after.rows, 'row')}; ${amount(before.rows, 'row')} ${before.rows === 1 ? 'is' : 'are'} published.`,
      found: emptied ? before.rows : 0,
      allowed: 0,
      sample: [],
      sql: emptied ? keysIn(pair.published, before) : undefined,
    },
  ];
}
