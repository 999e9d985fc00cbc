import { amount } from '../error/amount.ts';
import type { ConsumerState, WaitingSwitch } from '../publish/consumer-state.ts';
import { colours } from './colours.ts';

/** What a consumer has, what waits for it and why, and its last receipt. */
export function consumerSentence(state: ConsumerState): string {
  if (state.generation === null)
    return `${state.consumer} has nothing yet: reading is refused with a sentence.`;
  const older =
    state.olderSessions === 0
      ? ''
      : `; ${amount(state.olderSessions, 'session')} that began before still read an older one`;
  const reads = `${colours.bold(state.consumer)} reads generation ${state.generation} of night ${state.asOf ?? ''}, published ${
    state.publishedAt?.toISOString() ?? ''
  }${older}.`;
  return [
    reads,
    ...(state.waiting === null ? [] : [waitingSentence(state.waiting)]),
    ...(state.staleSince === null
      ? []
      : [`It is refused since ${state.staleSince.toISOString()}: it takes nothing stale.`]),
    ...(state.standbyLag === null
      ? []
      : [`It reads a standby, and gets what is published ${amount(state.standbyLag, 'second')} later.`]),
    ...(state.receipt === null
      ? []
      : [
          `It last said that it took generation ${state.receipt.generation}, ${state.receipt.at.toISOString()}.`,
        ]),
  ].join(' ');
}

/** `It is due: …` */
export function waitingSentence({ generation, until, why, importSince }: WaitingSwitch): string {
  const from = until === null ? 'when that is over' : `at ${until.toISOString()} at the latest`;
  const reason = {
    import: `its import is open since ${importSince?.toISOString() ?? ''}`,
    window: 'its import window was open',
    standby: 'the standby it reads may lag behind',
  }[why];
  return `It is due: ${reason}, so it gets generation ${generation} ${from}.`;
}
