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
  const { published } = asked;
  const { presence, struckOut } = history;
  const now = presence.find((one) => one.generation === published);
  const isThere = now?.present === true;
  const isWaiting = ({ state }: KeyDeparture | KeyHeld | KeyPresence): boolean => state === 'held';
  const happened = (one: KeyDeparture | KeyHeld | KeyPresence): boolean =>
    !isWaiting(one) && !one.goneBackFrom;
  const would = isThere ? undefined : presence.find((one) => isWaiting(one) && one.present);
  const others = isThere ? [] : presence.filter((one) => !isWaiting(one) && one.present);
  const elsewhere = others.find(happened) ?? others[0];
  // What left with a generation that was gone back from is of concern where the key is there again.
  const left = history.departures.find((one) => (isThere ? !isWaiting(one) : happened(one)));
  const broken = history.held.find(happened) ?? history.held.find((one) => !isThere && !isWaiting(one));
  const sentences = [
    placeSentence(now, history, asked),
    ...(left === undefined ? [] : [leftSentence(left, whereOf(left, history, asked))]),
    ...(elsewhere === undefined || left !== undefined ? [] : [elsewhereSentence(elsewhere, history)]),
    ...(broken === undefined ? [] : [heldSentence(broken, broken.generation === published)]),
    ...(would === undefined ? [] : [`It is in ${candidate(would)}.`]),
    ...history.departures
      .filter(isWaiting)
      .slice(0, 1)
      .map((one) => wouldLeaveSentence(one, whereOf(one, history, asked))),
    ...history.held.filter(isWaiting).slice(0, 1).map(wouldBeHeldSentence),
    ...(struckOut === null ? [] : [`It was struck out on ${struckOut}, and enters no generation any more.`]),
  ];
  const isBrokenNow = broken?.generation === published;
  const isExplained =
    left !== undefined || isBrokenNow || struckOut !== null || would !== undefined || elsewhere !== undefined;
  if (isThere || isExplained) return sentences;
  return [...sentences, ...nowhereSentences(now, presence.findLast(happened), history, asked)];
}

function placeSentence(now: KeyPresence | undefined, history: KeyHistory, asked: AskedKey): string {
  const { dataset, key, published } = asked;
  const { unpublished, otherKey } = history;
  if (now?.present === true)
    return `${key} of ${dataset} is in generation ${published} of night ${now.asOf}. ${inSince(history)}`;
  const not = `${key} of ${dataset} is not in generation ${published}`;
  if (now !== undefined) return `${not} of night ${now.asOf}.`;
  if (unpublished === 'never') return `${not}: nothing that was published has ${dataset} yet.`;
  if (unpublished !== null)
    return `${not}: ${dataset} has not been published since the night of ${unpublished.asOf} (generation ${unpublished.generation}).`;
  return otherKey?.generation === published
    ? `In generation ${published} ${dataset} has another key (${otherKey.columns.join(', ')}): whether ${key} is in it cannot be asked.`
    : `${not}.`;
}

function inSince({ presence, departures, otherKey }: KeyHistory): string {
  const older = presence.filter((one) => one.state === 'published' && !one.goneBackFrom);
  const gap = older.findIndex((one) => !one.present);
  const first = older[gap === -1 ? older.length - 1 : gap - 1];
  if (first === undefined) return '';
  const again = departures.some((one) => !one.goneBackFrom && one.generation < first.generation)
    ? ' again'
    : '';
  if (gap !== -1)
    return `It has been in it${again} since the night of ${first.asOf} (generation ${first.generation}).`;
  const isMissingAside = presence.some((one) => one.goneBackFrom && !one.present);
  const kept = [
    'every generation kept',
    ...(otherKey?.isKept === true ? [`with this key (before, it was ${otherKey.columns.join(', ')})`] : []),
    ...(isMissingAside ? ['but what was gone back from'] : []),
  ];
  return `It has been in ${kept.join(' ')}, since the night of ${first.asOf} at the latest.`;
}

/** Of a key that is in nothing that is kept, and of which nothing is recorded. */
function nowhereSentences(
  now: KeyPresence | undefined,
  oldest: KeyPresence | undefined,
  history: KeyHistory,
  asked: AskedKey,
): readonly string[] {
  if (oldest === undefined) return ['No generation that is kept was published with a key of these columns.'];
  const { otherKey } = history;
  const left = otherKey?.left ?? null;
  const byOther =
    otherKey === null || left === null
      ? ''
      : ` by this key: what left up to the night of ${left.asOf} (generation ${left.generation}) is recorded by the key that ${asked.dataset} had then (${otherKey.columns.join(', ')})`;
  return [
    `It is in none of the generations kept that were published since the night of ${oldest.asOf}, and no departure of it is recorded${byOther}.`,
    ...(history.unpublished === null ? neverThere(now, history, asked) : []),
  ];
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
    return [
      `The source did not have it on the night of ${now.asOf} (${dataset} has every row of ${tables})${or}.`,
    ];
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
  const { asOf, generation, goneBackFrom } = departure;
  const aside = goneBackFrom ? ', which was gone back from' : '';
  return `It left on the night of ${asOf} (generation ${generation}${aside})${explanation(departure, inSource)}`;
}

function elsewhereSentence(
  { generation, asOf, goneBackFrom }: KeyPresence,
  { unpublished }: KeyHistory,
): string {
  const place = `It is in generation ${generation} of night ${asOf}`;
  if (goneBackFrom) return `${place}, which was gone back from.`;
  return unpublished === null ? `${place}, and no departure of it is recorded.` : `${place}.`;
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

function heldSentence(
  { generation, asOf, rules, since, outcome, goneBackFrom }: KeyHeld,
  isNow: boolean,
): string {
  const nights = since === asOf ? `on the night of ${asOf}` : `from the night of ${since} to that of ${asOf}`;
  const aside = goneBackFrom ? ` (generation ${generation}, which was gone back from)` : '';
  const broke = `It broke its contract (${rules.join(', ')}) ${nights}${aside}`;
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
