import type { ExaminedDataset } from '../audit/examine.ts';
import type { Judgement } from '../audit/judgement.ts';
import { crashPoint } from '../error/crash-point.ts';
import type { ExtractReport } from '../extract/extract.ts';
import type { RetentionReport } from '../publish/retention.ts';
import { requireLogins } from '../warehouse/required-logins.ts';
import type { Session } from '../warehouse/session.ts';
import { afterPublication, type Published } from './after-publication.ts';
import { cleanUpAfter } from './clean-up.ts';
import { decide } from './decide.ts';
import { refuseWhereHeld } from './hold.ts';
import { currentHold } from './last-runs.ts';
import { makeCandidate } from './make-candidate.ts';
import type { NightRequest } from './night-request.ts';
import { publishCandidate } from './publish-candidate.ts';
import { readSources } from './read-sources.ts';
import { markNightBegun } from './run-record.ts';
import { expectation } from './time-left.ts';
import { withinRun, type RunWork } from './within-run.ts';

export interface NightReport {
  readonly run: number;
  readonly asOf: string;
  /** `undefined` for a dry run. */
  readonly generation: number | undefined;
  /** Of a dry run: the hold of a rollback, which would have kept any other run from publishing. */
  readonly hold: { readonly reason: string } | undefined;
  readonly instant: Date | undefined;
  /** What was published before it; `undefined` where nothing was. */
  readonly base: number | undefined;
  readonly datasets: readonly ExaminedDataset[];
  readonly judgements: readonly Judgement[];
  readonly extract: ExtractReport;
  readonly retention: RetentionReport | undefined;
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * One night: reads the sources, builds the whole set, judges it, and publishes it in one instant or leaves the last good
 * one as it is. Throws whatever made it fail (see `withinRun`).
 */
export async function runNight(request: NightRequest): Promise<NightReport> {
  let retention: RetentionReport | undefined;
  const { run, done, seconds } = await withinRun<NightDone>(request, {
    prepare: async (session) => ({ asOf: request.asOf, expected: await expectation(session) }),
    work: (session, of) => work(request, session, of),
    finish: async (session, of, { published }) => {
      if (published === undefined) return { outcome: 'rehearsed', generation: undefined, error: undefined };
      retention = await afterPublication(session, { ...request, onEvent: of.onEvent }, of, published);
      return { outcome: 'published', generation: published.generation, error: undefined };
    },
  });
  const { published, ...report } = done;
  return { run, asOf: request.asOf, ...report, generation: published?.generation, retention, seconds };
}

type NightDone = Pick<NightReport, 'instant' | 'base' | 'hold' | 'datasets' | 'judgements' | 'extract'> & {
  readonly published: Published | undefined;
};

async function work(request: NightRequest, session: Session, of: RunWork): Promise<NightDone> {
  const { pipeline, environment } = request;
  const { run, fence, clock, onEvent } = of;

  await clock.begin('prepare');
  if (!request.dryRun) {
    await refuseWhereHeld(session);
    await markNightBegun(session, run);
  }
  await requireLogins(session, environment.consumers);
  const extract = await readSources(session, request, of);
  const candidate = await makeCandidate(session, request, of, extract);
  const { generation, base, datasets, judgements } = candidate;
  await decide(session, { ...request, fence, generation, base, judgements, onEvent });
  crashPoint('audit.decided');
  const done = { base, datasets, judgements, extract };
  if (request.dryRun) {
    await cleanUpAfter(session, run, request.keepRaw);
    return { ...done, published: undefined, instant: undefined, hold: await currentHold(session) };
  }

  await clock.begin('publish');
  const instant = await publishCandidate(session, { environment, pipeline, generation, base, run, fence });
  onEvent({ kind: 'published', generation, instant });
  return { ...done, published: { generation, base }, instant, hold: undefined };
}
