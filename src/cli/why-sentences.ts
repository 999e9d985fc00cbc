import type { KeyDeparture, KeyHeld, KeyHistory, KeyPresence } from '../audit/key-history.ts';
import type { SourceOfKey } from '../audit/source-of-key.ts';

/** What was asked for. */
export interface AskedKey {
  readonly dataset: string;
  /** Printed. */
  readonly key: string;
  readonly published: number;
  readonly source: SourceOfKey;
  /** By which the source is told of: generations of another one may have been built by another rule. */
  readonly release: string;
}

/** What became of a key, in sentences: is it in what is published, since when, and why not. */
export function whySentences(history: KeyHistory, asked: AskedKey): readonly string[] {
  const { dataset, key, published } = asked;
  const { presence, struckOut } = history;
  const now = presence.find((one) => one.generation === published);
  // What came after what is published was gone back from, or is a candidate that is held.
  const isWaiting = ({ state }: KeyDeparture | KeyHeld | KeyPresence): boolean => state === 'held';
  const happened = (one: KeyDeparture | KeyHeld): boolean => one.generation <= published && !isWaiting(one);
  const would = presence.find((one) => isWaiting(one) && one.present && now?.present !== true);
  const elsewhere = presence.find((one) => !isWaiting(one) && one.present && now?.present !== true);
  const departures = history.departures.filter(happened);
  const held = history.held.filter(happened);
  const [left] = departures;
  const sentences = [
    now?.present === true
      ? `${key} of ${dataset} is in generation ${published} of night ${now.asOf}. ${inSince(presence, departures, published)}`
      : `${key} of ${dataset} is not in generation ${published}${now === undefined ? '' : ` of night ${now.asOf}`}.`,
    ...(left === undefined ? [] : [leftSentence(left, whereOf(left, history, asked))]),
    ...(elsewhere === undefined || left !== undefined ? [] : [elsewhereSentence(elsewhere, published)]),
    ...held.slice(0, 1).map((one) => heldSentence(one, one.generation === published)),
    ...(would === undefined ? [] : [`It is in ${candidate(would)}.`]),
    ...history.departures
      .filter(isWaiting)
      .slice(0, 1)
      .map((one) => wouldLeaveSentence(one, whereOf(one, history, asked))),
    ...history.held.filter(isWaiting).slice(0, 1).map(wouldBeHeldSentence),
    ...(struckOut === null ? [] : [`It was struck out on ${struckOut}, and enters no generation any more.`]),
  ];
  const isBrokenNow = held[0]?.generation === published;
  const isExplained =
    left !== undefined || isBrokenNow || struckOut !== null || would !== undefined || elsewhere !== undefined;
  if (now?.present !== true && !isExplained) {
    const oldest = presence.findLast((one) => !isWaiting(one));
    sentences.push(
      oldest === undefined
        ? 'No generation that is kept was published with a key of these columns.'
        : `It is in none of the generations kept that were published since the night of ${oldest.asOf}, and no departure of it is recorded.`,
    );
    if (oldest !== undefined) sentences.push(...neverThere(now, history, asked));
  }
  return sentences;
}

function inSince(
  presence: readonly KeyPresence[],
  departures: readonly KeyDeparture[],
  published: number,
): string {
  const older = presence.filter((one) => one.state === 'published' && one.generation <= published);
  const gap = older.findIndex((one) => !one.present);
  const first = older[gap === -1 ? older.length - 1 : gap - 1];
  if (first === undefined) return '';
  const again = departures.some((one) => one.generation < first.generation) ? ' again' : '';
  return gap === -1
    ? `It has been in every generation kept, since the night of ${first.asOf} at the latest.`
    : `It has been in it${again} since the night of ${first.asOf} (generation ${first.generation}).`;
}

/** Whether the source has it, of a key that was in none of the generations kept. */
function neverThere(
  now: KeyPresence | undefined,
  { struckOutByAnotherKey }: KeyHistory,
  { source, dataset, release }: AskedKey,
): readonly string[] {
  const or = struckOutByAnotherKey ? ', or it was struck out by the key that this dataset had before' : '';
  if (source.kind === 'every row' && now?.release === release) {
    const tables = `${source.tables.length === 1 ? '' : 'one of '}${source.tables.join(', ')}`;
    return [`The source did not have it (${dataset} has every row of ${tables})${or}.`];
  }
  if (source.kind === 'asked') {
    return source.present
      ? [`The source had it on the night of ${source.asOf}: a rule left it out${or}.`]
      : [`The source did not have it on the night of ${source.asOf}.`];
  }
  return [
    `The source has not had it since, or a rule has left it out all along${or}.`,
    ...(source.kind === 'unasked' ? ['After "nightjar run --dry-run --keep" this tells which.'] : []),
  ];
}

/** Whether the source still had what left: as it was asked then, or as a dataset that leaves no row out tells. */
function whereOf(
  departure: KeyDeparture,
  { held }: KeyHistory,
  { source, release }: AskedKey,
): boolean | null {
  const isTold = source.kind === 'every row' && departure.release === release;
  const isBroken = held.some(({ generation }) => generation === departure.generation);
  return departure.inSource ?? (isTold && !isBroken ? false : null);
}

function leftSentence(departure: KeyDeparture, inSource: boolean | null): string {
  return `It left on the night of ${departure.asOf} (generation ${departure.generation})${explanation(departure, inSource)}`;
}

function elsewhereSentence({ generation, asOf }: KeyPresence, published: number): string {
  const place = `generation ${generation} of night ${asOf}`;
  return generation > published
    ? `It is in ${place}, which was gone back from.`
    : `It is in ${place}, and no departure of it is recorded.`;
}

function wouldLeaveSentence(departure: KeyDeparture, inSource: boolean | null): string {
  return `It would leave with ${candidate(departure)}${explanation(departure, inSource)}`;
}

function candidate({ generation, asOf }: KeyDeparture | KeyHeld | KeyPresence): string {
  return `the held generation ${generation} of night ${asOf}`;
}

function explanation({ kind, reason }: KeyDeparture, inSource: boolean | null): string {
  if (kind === 'foretold') return `, as the rows published before foretold: ${reason ?? ''}.`;
  if (kind === 'evidence') return `: ${reason ?? ''}.`;
  const where =
    inSource === null
      ? ''
      : inSource
        ? ' The source still had it: a rule left it out.'
        : ' The source did not have it any more.';
  return ` without an explanation.${where}`;
}

function wouldBeHeldSentence(broken: KeyHeld): string {
  return `It breaks its contract (${broken.rules.join(', ')}) in ${candidate(broken)}.`;
}

function heldSentence({ asOf, rules, since, outcome }: KeyHeld, isNow: boolean): string {
  const broke = `It broke its contract (${rules.join(', ')}) from the night of ${since} to that of ${asOf}`;
  switch (outcome) {
    case 'held':
      return `${broke}: its last good version ${isNow ? 'is' : 'was'} shown.`;
    case 'left out':
      return `${broke}, and was left out, because nothing of it was ever good.`;
    case 'departed':
      return `${broke}, and left with what it belongs to.`;
    default:
      return `${broke}, and its last good version does not satisfy the contract.`;
  }
}
