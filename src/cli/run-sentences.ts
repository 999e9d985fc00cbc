import type { RunSummary } from '../night/last-runs.ts';
import type { Expectation } from '../night/time-left.ts';
import { duration } from './output.ts';
import { stageWords } from './stage-words.ts';

/** The latest run in sentences: how far it has come, or how it ended. */
export function runSentences(
  latest: RunSummary | undefined,
  expected: Expectation | undefined,
  now: Date,
): readonly string[] {
  if (latest === undefined) return ['No run has begun here yet.'];
  const when = latest.startedAt.toISOString();
  if (latest.outcome === 'running' && !latest.alive) {
    return [
      `Run ${latest.number} of night ${latest.night}, begun at ${when}, ended without a word in ${latest.stage}: its process is no more. The next run takes away what it left.`,
    ];
  }
  if (latest.outcome === 'running') {
    const elapsed = secondsSince(latest.stageBeganAt, now);
    const words = stageWords(latest.stage, elapsed, latest.progress, expected);
    const far = words === '' ? '' : `: ${words}`;
    return [
      `Run ${latest.number} of night ${latest.night} has been at work since ${when} (${duration(secondsSince(latest.startedAt, now))}), in ${latest.stage}${far}.`,
    ];
  }
  return [
    `The latest run, ${latest.number} of night ${latest.night} at ${when}, ${end(latest)}.`,
    ...(latest.errorSentence === null ? [] : [latest.errorSentence]),
  ];
}

function end({ outcome, generation, stage, errorCode }: RunSummary): string {
  switch (outcome) {
    case 'published':
      return `published generation ${generation ?? ''}`;
    case 'rehearsed':
      return 'was a rehearsal (--dry-run): all was read, built, audited and judged, no guard would have held it, and nothing was to be published';
    case 'verified':
      return `was a verification${errorCode === null ? ', and found nothing wrong' : `: ${errorCode}`}`;
    default:
      return `${outcome} in ${stage}${errorCode === null ? '' : `: ${errorCode}`}`;
  }
}

/** The server's clock and ours may differ a little. */
function secondsSince(instant: Date, now: Date): number {
  return Math.max(0, (now.getTime() - instant.getTime()) / 1000);
}
