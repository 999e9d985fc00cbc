import { proveDatasets } from '../build/prove.ts';
import { crashPoint } from '../error/crash-point.ts';
import { extract, type ExtractReport, type ExtractRequest } from '../extract/extract.ts';
import { compareRawTables } from '../extract/raw-record.ts';
import type { Session } from '../warehouse/session.ts';
import { checkKeys } from './check-keys.ts';
import { checkRepairs } from './check-repairs.ts';
import type { RunRequest } from './night-request.ts';
import type { RunWork } from './within-run.ts';

/**
 * Proves that the server takes every dataset, then reads all sources, each in one snapshot, and compares what arrived with
 * what was counted.
 */
export async function readSources(
  session: Session,
  { pipeline, environment, connect, signal }: RunRequest,
  { run, address, clock, onEvent }: RunWork,
  onRead?: ExtractRequest['onRead'],
): Promise<ExtractReport> {
  const [fault] = (await proveDatasets(session, pipeline)).faults;
  if (fault !== undefined) throw fault;
  crashPoint('prepare.proved');

  await clock.begin('extract');
  const extracted = await extract({
    ...{ run, pipeline, environment, connect, session, address, onRead, signal },
    onProgress: (progress) => {
      onEvent({ kind: 'reading', ...progress });
    },
  });
  for (const sentence of extracted.connections.flatMap((read) => read.remarks))
    onEvent({ kind: 'remark', sentence });
  await compareRawTables(session, run);
  crashPoint('extract.compared');
  await checkRepairs(session, run, pipeline, extracted);
  await checkKeys(session, run, pipeline, extracted);
  return extracted;
}
