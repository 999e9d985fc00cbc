import type { LastSwitch } from '../publish/last-switch.ts';

/** What is not to be seen of a generation's number alone: that it was gone back to, and that somebody approved it. */
export function switchSentences({ kind, generation, previous, at, approval }: LastSwitch): readonly string[] {
  return [
    ...(kind === 'rollback'
      ? [`Somebody went back to generation ${generation} from ${previous ?? 'none'}, at ${at.toISOString()}.`]
      : []),
    ...(approval === null
      ? []
      : [`Generation ${generation} was approved by ${approval.person}: ${approval.reason}`]),
  ];
}
