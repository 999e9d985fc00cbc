import { differenceWords, type DifferenceCounts } from './difference-words.ts';
import { define } from './definition.ts';
import { lockHolderWords, type LockHolder } from './lock-holder.ts';

export const publishErrors = {
  'NJ-PUBLISH-OVERTAKEN': define<{ attempts: number }>({
    class: 'transient',
    example: { attempts: 4 },
    sentence: (d) =>
      `The instant of the switch came before the switch could be written, in each of ${d.attempts} attempts: the warehouse commits too slowly.`,
    remedy:
      'Look at the disk of the warehouse; the next run tries again. What was published stays published.',
  }),
  'NJ-PUBLISH-UNKNOWN': define<{
    kind: 'publish' | 'rollback';
    generation: number;
    seconds: number;
    why: string;
  }>({
    class: 'transient',
    example: {
      ...{ kind: 'publish', generation: 42, seconds: 60 },
      why: 'No connection to the warehouse could be opened.',
    },
    sentence: (d) =>
      `Whether ${d.kind === 'publish' ? 'the publication of' : 'the way back to'} generation ${d.generation} has happened is not known: its answer was lost, and for ${d.seconds} s nobody could ask. ${d.why}`,
    remedy:
      'Once the warehouse is back, "nightjar status" says what each consumer reads. The next run finds out what became of it and goes on from there.',
  }),
  'NJ-PUBLISH-FENCED': define<{ fence: number }>({
    class: 'transient',
    example: { fence: 41 },
    sentence: (d) =>
      `Another runner has taken over this environment (fence ${d.fence} is no longer in force), so this one wrote nothing.`,
    remedy: 'Nothing: the other runner does the work. "nightjar status" says which it is.',
  }),
  'NJ-PUBLISH-UNJUDGED': define<{ generation: number; why: string }>({
    class: 'guard',
    example: { generation: 43, why: 'generation 43 failed its judgement empty:order_line' },
    sentence: (d) =>
      `Generation ${d.generation} was not published, because the warehouse refused it: ${d.why}.`,
    remedy:
      'Nothing is published that was not judged against what is published, and passed or was excused: "nightjar hold" shows what stands in the way.',
  }),
  'NJ-PUBLISH-BASE-CHANGED': define<{ generation: number }>({
    class: 'transient',
    example: { generation: 42 },
    sentence: (d) =>
      `Generation ${d.generation} was judged against a generation that is no longer the published one, so it was not published.`,
    remedy:
      'Somebody went back to an earlier generation meanwhile. Run again: the next candidate is judged against what is published now.',
  }),
  'NJ-PUBLISH-VIEW-LOCKED': define<{ view: string; attempts: number; holders: readonly LockHolder[] }>({
    class: 'transient',
    example: {
      view: 'books.order_line',
      attempts: 10,
      holders: [{ pid: 4711, role: 'office', kind: 'client backend', isEnded: false }],
    },
    sentence: (d) =>
      `${d.view} must change, but another session kept that locked in each of ${d.attempts} attempts${d.holders.length === 0 ? '' : `: ${d.holders.map(lockHolderWords).join(', ')}`}.`,
    remedy:
      'Consumers in the way are ended; whoever else is there must end its transaction, or an administrator ends it. Then run again: nothing was published.',
  }),
  'NJ-PUBLISH-VIEW-NEEDED': define<{ view: string }>({
    class: 'source',
    example: { view: 'books.order_line' },
    sentence: (d) =>
      `${d.view} must change, but something that is not Nightjar's is made from it: another view, a function, or a temporary object of a session.`,
    remedy:
      'Drop what depends on it (DROP VIEW without CASCADE, tried and rolled back, names it), and make such views in a database of your own. Then run again: nothing was published.',
  }),
  'NJ-PUBLISH-REFUSED': define<{ sqlstate: string; sentence: string }>({
    class: 'source',
    example: { sqlstate: 'NJ003', sentence: 'nothing has been published yet for consumer "reports"' },
    sentence: (d) => `The consumer is refused: ${d.sentence} (SQLSTATE ${d.sqlstate}).`,
    remedy:
      'This is what the consumer itself is told; docs/how-to/read-the-warehouse.md says what each code means.',
  }),
  'NJ-PUBLISH-NOTHING-YET': define<{
    environment: string;
    /** The candidate that waits for a decision. */
    held: { readonly generation: number; readonly asOf: string } | undefined;
  }>({
    class: 'source',
    example: { environment: 'staging', held: { generation: 1, asOf: '2026-11-20' } },
    sentence: (d) =>
      `Nothing has been published in "${d.environment}" yet${d.held === undefined ? '' : `: generation ${d.held.generation} of night ${d.held.asOf} is held, and waits for a decision`}.`,
    remedy:
      '"nightjar status" says how the latest run ended, and "nightjar hold" why a candidate is held. The first generation is published by "nightjar run --first".',
  }),
  'NJ-PUBLISH-NOT-IN-FORCE': define<{ consumer: string; dataset: string | undefined }>({
    class: 'source',
    example: { consumer: 'reports', dataset: 'order_line' },
    sentence: (d) =>
      `The deployment file lets consumer "${d.consumer}" read${d.dataset === undefined ? '' : ` dataset ${d.dataset}`}, and the warehouse does not yet: what is declared takes effect with the next publication.`,
    remedy:
      'Wait for the next night, or publish one with "nightjar run"; nothing needs to be done in the warehouse beyond what "nightjar check" says.',
  }),
  'NJ-PUBLISH-NO-GENERATION': define<{
    /** Whether one in any state would have done. */
    what: 'generation' | 'published generation';
    wanted: number;
    available: string;
  }>({
    class: 'source',
    example: { what: 'published generation', wanted: 7, available: '42, 41, 40' },
    sentence: (d) => `There is no ${d.what} ${d.wanted}; published and kept are ${d.available}.`,
    remedy: 'Choose one of those that "nightjar generations -e NAME" lists.',
  }),
  'NJ-PUBLISH-OTHER-KEY': define<{ dataset: string; key: string; generations: readonly number[] }>({
    class: 'contract',
    example: { dataset: 'reader', key: 'reader_no', generations: [40, 41] },
    sentence: (d) =>
      `Nothing was struck out: the key of dataset ${d.dataset} is ${d.key} in generation ${d.generations.join(', ')}, which is still kept, and nothing tells whether the row is in it.`,
    remedy:
      'Say in the contract how that key follows from a row of today (key_was). Where that is said, no generation has the row by its present key: try again when those generations are no longer kept ("nightjar generations").',
  }),
  'NJ-PUBLISH-CURRENT': define<{ generation: number }>({
    class: 'source',
    example: { generation: 42 },
    sentence: (d) => `Generation ${d.generation} is what is published already.`,
    remedy:
      'Nothing was changed. To go to another, choose one of those that "nightjar generations" lists as published.',
  }),
  'NJ-PUBLISH-HELD': define<{ reason: string; since: string }>({
    class: 'guard',
    example: { reason: 'the prices of Friday were wrong', since: '2026-11-20T07:12:00.000Z' },
    sentence: (d) => `Publication has been on hold since ${d.since}: ${d.reason}.`,
    remedy: 'Lift it with "nightjar generations release -e NAME" when the cause is mended.',
  }),
  'NJ-PUBLISH-BUSY': define<{ holder: string; since: string }>({
    class: 'transient',
    example: { holder: 'process 4711 on warehouse-1', since: '2026-11-20T02:40:00.000Z' },
    sentence: (d) => `${d.holder} has been at work on this environment since ${d.since}; only one may be.`,
    remedy: 'Wait for it, or look at what it does with "nightjar status -e NAME".',
  }),
  'NJ-PUBLISH-DIFFERS': define<{ generation: number; datasets: readonly DifferenceCounts[] }>({
    class: 'contract',
    example: {
      generation: 42,
      datasets: [{ name: 'order_line', missing: 1, extra: 0, differs: 3, unread: 0 }],
    },
    sentence: (d) =>
      `Generation ${d.generation} is not what its sources hold, and no stamp or evidence says that they changed since: ` +
      `${d.datasets.map((one) => differenceWords(one, 'what is published', 'its sources')).join('; ')}.`,
    remedy:
      'The keys are listed above, with the columns that differ. Where the contract names no stamp ("changed_at"), or a column comes from another table than the stamp, it may still be a change of today: verify again just after a night. What stays different was built or published wrongly: keep the generation, and report it.',
  }),
};
