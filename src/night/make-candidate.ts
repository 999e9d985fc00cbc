import type { ExaminedDataset } from '../audit/examine.ts';
import { judge } from '../audit/judge.ts';
import type { Judgement } from '../audit/judgement.ts';
import type { ExtractReport } from '../extract/extract.ts';
import type { Session } from '../warehouse/session.ts';
import { buildCandidate } from './build-candidate.ts';
import type { NightRequest } from './night-request.ts';
import type { RunWork } from './within-run.ts';

/** A candidate that was built, audited and judged. */
export interface Candidate {
  readonly generation: number;
  /** The published generation that it was judged against; `undefined` where there was none. */
  readonly base: number | undefined;
  readonly datasets: readonly ExaminedDataset[];
  readonly judgements: readonly Judgement[];
}

/** Builds the whole set of datasets out of the raw tables, audits it and has the guards judge it. */
export async function makeCandidate(
  session: Session,
  request: NightRequest,
  of: RunWork,
  extracted: ExtractReport,
): Promise<Candidate> {
  return buildCandidate(session, request, of, extracted, async ({ scope, base, datasets, ...built }) => {
    await of.clock.begin('judge');
    const judgements = await judge({
      ...{ session, scope, published: base, datasets: request.pipeline.datasets, first: request.first },
      ...built,
      onJudged: (dataset) => {
        of.onEvent({ kind: 'judged', dataset });
      },
    });
    return { generation: scope.generation, base, datasets, judgements };
  });
}
