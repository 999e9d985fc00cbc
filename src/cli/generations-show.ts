import { nightjarError } from '../error/nightjar-error.ts';
import { generationDatasets } from '../audit/generation-datasets.ts';
import {
  generationDetails,
  keptAmong,
  listGenerations,
  publishedGeneration,
} from '../publish/generations.ts';
import { judgementsOf } from '../publish/held-candidate.ts';
import { rejectionOf } from '../publish/rejection.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { rejectedSentence } from './guard-sentences.ts';
import { openWarehouse } from './open-warehouse.ts';
import { amount } from '../error/amount.ts';
import { size, table } from './output.ts';
import { clockSentence, skewSentence, timesSentence } from './snapshot-sentences.ts';
import { standInSentence } from './stand-in-sentence.ts';

export async function showCommand(
  wanted: number,
  options: CommonOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  const all = await listGenerations(session);
  const generation = all.find((candidate) => candidate.number === wanted);
  if (generation === undefined) {
    const available = keptAmong(all);
    throw nightjarError('NJ-PUBLISH-NO-GENERATION', { what: 'generation', wanted, available });
  }
  const datasets = await generationDatasets(session, wanted);
  const details = await generationDetails(session, wanted);
  const rejection = await rejectionOf(session, { generation: wanted });
  const judgements = await judgementsOf(session, wanted);
  output.tell({ ...generation, ...details, rejection: rejection ?? null, judgements, datasets });
  output.say(
    `Generation ${wanted}, ${generation.state}: night ${generation.asOf}, made by ${generation.release}.`,
  );
  if (rejection !== undefined) output.say(rejectedSentence(rejection));
  output.say(`Read by ${generation.readBy.join(', ') || 'nobody'}.`);
  for (const snapshot of details.snapshots) {
    const position = snapshot.position === null ? '' : ` (${snapshot.position})`;
    output.say(`Source ${snapshot.connection} as of ${snapshot.takenAt.toISOString()}${position}.`);
    const clock = clockSentence(snapshot.connection, snapshot.clockAheadMs);
    if (clock !== undefined) output.say(clock);
    output.say(timesSentence(snapshot.connection, snapshot.openSeconds, snapshot.lockSeconds));
    for (const remark of snapshot.remarks) output.say(remark);
  }
  const skew = skewSentence(details.skew, details.snapshots.length);
  if (skew !== undefined) output.say(skew);
  output.say();
  const rows = datasets.map((one) => [one.name, one.rows, size(one.bytes), one.digest]);
  for (const line of table(['dataset', 'rows', 'size', 'digest'], rows)) output.say(line);
  const isPublished = (await publishedGeneration(session)) === wanted;
  const standIns = standInSentence(datasets, isPublished ? environment.name : undefined);
  if (standIns !== undefined) output.say(standIns);
  for (const repair of details.repairs) {
    output.say(
      `${amount(repair.cells, 'cell')} of ${repair.table}.${repair.column} repaired: ${repair.kind}`,
    );
  }
  const noted = judgements.filter((one) => one.verdict === 'noted');
  if (noted.length > 0) output.say('What the guards let pass, and noted:');
  for (const { name, sentence } of noted) output.say(`  [${name}] ${sentence}`);
  return exitCode.done;
}
