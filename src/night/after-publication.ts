import { asNightjarError } from '../error/as-nightjar-error.ts';
import { crashPoint } from '../error/crash-point.ts';
import { dropRawSchema, rawSchemaName } from '../extract/raw-schema.ts';
import { retain, type RetentionReport } from '../publish/retention.ts';
import type { Session } from '../warehouse/session.ts';
import { supersedeHeld } from './clean-up.ts';
import type { NightRequest, Work } from './night-request.ts';
import { reportFaults } from './report-faults.ts';

/** What was published, and over what. */
export interface Published {
  readonly generation: number;
  readonly base: number | undefined;
}

/**
 * What follows a publication: the list of faults, then what is no longer needed is taken away. Whatever fails here changes
 * nothing about the publication: it is told of, and left for the next run.
 */
export async function afterPublication(
  session: Session,
  request: NightRequest,
  of: Work,
  published: Published,
): Promise<RetentionReport | undefined> {
  const tell = (sentence: string): void => {
    of.clock.breakOff();
    request.onEvent({ kind: 'remark', sentence });
  };
  await attempt(tell, 'The list of faults is not complete.', async () => {
    await of.clock.begin('report');
    const { generation, base } = published;
    const { pipeline, asOf, workers, signal } = request;
    const scope = { run: of.run, generation, asOf };
    await reportFaults({ session, address: of.address, pipeline, scope, base, workers, signal });
    crashPoint('report.recorded');
  });
  return attempt(tell, 'What is no longer needed is left for the next run.', async () => {
    await of.clock.begin('retain');
    if (!request.keepRaw) await dropRawSchema(session, rawSchemaName(of.run));
    crashPoint('retain.raw-dropped');
    await supersedeHeld(session, of.fence, published.generation);
    crashPoint('retain.held-superseded');
    return retain(session, of.fence, request.environment.keep);
  });
}

/** Does something that a publication does not depend on; what fails in it is told of. */
export async function attempt<Result>(
  tell: (sentence: string) => void,
  otherwise: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const { message } = asNightjarError(error, 'what follows a publication');
    tell(`The generation is published. ${otherwise} ${message}`);
    return undefined;
  }
}
