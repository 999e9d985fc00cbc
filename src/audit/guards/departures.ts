import { printKeys } from '../../build/print-key.ts';
import { amount, grouped } from '../../error/amount.ts';
import { quoteLiteral } from '../../warehouse/identifier.ts';
import type { DepartureCount } from '../departures.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { asInBuild, keysIn } from '../rows-shown.ts';
import type { RepeatedFormerKeys } from '../repeated-former-keys.ts';
import { allowedOf, scopeOf, type GuardContext } from './guard-context.ts';

/** How many keys a judgement names. */
const named = 5;

/**
 * Keys that left without an explanation: to a consumer each is a deletion. However many left with one pass, as on the
 * night eight weeks after a changeover.
 */
export async function judgeDepartures(context: GuardContext): Promise<readonly Judgement[]> {
  const { dataset, before, pair, session } = context;
  const allowed = allowedOf(context, 'departures', before.rows);
  const departed = context.departures.get(dataset.name);
  const about = { guard: 'departures', dataset: dataset.name, subject: undefined, allowed } as const;
  if (departed?.kind === 'unread') return [departed.judgement];
  if (departed === undefined || departed.kind === 'incomparable') {
    const sentence =
      `The key of ${dataset.name} is now ${dataset.contract.key.join(', ')} and was ${before.key.join(', ')}: which rows left ` +
      'cannot be told. Its contract can say how the former key follows from a new row (key_was).';
    const sql = keysIn(pair.published, before);
    return [{ ...about, verdict: 'failed', sentence, found: before.rows, sample: [], sql }];
  }
  const unexplained = departed.counts.filter((count) => count.kind === null);
  const found = sum(unexplained);
  const { repeated } = departed;
  const sentence = [
    `${dataset.name}: of ${amount(before.rows, 'key')} published, ${grouped(found)} left without an explanation; ${areAllowed(allowed)}.`,
    ...whereTheyAre(unexplained, found),
    ...explained(departed.counts),
    ...hiding(repeated),
  ].join(' ');
  const list =
    'select key, in_source from nightjar.departure ' +
    `where generation = ${pair.candidate} and dataset = ${quoteLiteral(dataset.name)} and reason is null order by key`;
  const hidden = repeated?.found ?? 0;
  const verdict = found > allowed || hidden > 0 ? 'failed' : found > 0 ? 'noted' : 'passed';
  const sample =
    found === 0
      ? []
      : await session.query<{ key: Readonly<Record<string, unknown>> }>(
          `the keys that left dataset ${dataset.name}`,
          `${list} limit ${named}`,
        );
  return [
    {
      ...about,
      // Where former keys hide who left, those are what is to be seen.
      ...{
        verdict,
        sentence,
        found,
        sql:
          repeated !== undefined && hidden > 0
            ? asInBuild(scopeOf(context), repeated.sql)
            : found > 0
              ? list
              : undefined,
      },
      sample: printKeys(
        sample.map(({ key }) => key),
        before.key,
      ),
    },
  ];
}

function whereTheyAre(unexplained: readonly DepartureCount[], found: number): readonly string[] {
  if (unexplained.every((count) => count.inSource === null)) return [];
  const still = sum(unexplained.filter((count) => count.inSource === true));
  if (still === 0) return ['None of these is in the source any more.'];
  return [
    still === found
      ? 'All of these are still in the source: a rule leaves them out.'
      : `Of these ${grouped(still)} are still in the source, where a rule leaves them out, and ${grouped(found - still)} are not.`,
  ];
}

function explained(counts: readonly DepartureCount[]): readonly string[] {
  const reasons = new Map<string, number>();
  for (const { reason, rows } of counts)
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + rows);
  if (reasons.size === 0) return [];
  return [`With one: ${[...reasons].map(([reason, rows]) => `${grouped(rows)} (${reason})`).join(', ')}.`];
}

function hiding(repeated: RepeatedFormerKeys | undefined): readonly string[] {
  if (repeated === undefined || repeated.found === 0) return [];
  const { found, sample } = repeated;
  return [
    `${amount(found, 'former key')} ${found === 1 ? 'follows' : 'follow'} from more than one row (key_was), such as ${sample.join('; ')}: what else left cannot be told.`,
  ];
}

function sum(counts: readonly DepartureCount[]): number {
  return counts.reduce((total, { rows }) => total + rows, 0);
}
