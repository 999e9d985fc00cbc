import { colours } from './colours.ts';
import { judgementName } from '../audit/judgement.ts';
import { connectSource } from '../night/connect-source.ts';
import { releaseName } from '../night/release-name.ts';
import { runNight, type NightReport } from '../night/run-night.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { loadEnvironment } from './load-deployment.ts';
import { amount, grouped } from '../error/amount.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { duration, type Output } from './output.ts';
import { Progress } from './progress.ts';
import { skewSentence, timesSentence } from './snapshot-sentences.ts';
import { standInSentence } from './stand-in-sentence.ts';

export interface RunCommandOptions extends CommonOptions {
  readonly night?: string;
  readonly workers: number;
  readonly keep?: boolean;
  readonly dryRun?: boolean;
  readonly first?: boolean;
}

export async function runCommand(options: RunCommandOptions, context: Context): Promise<ExitCode> {
  const { environment, pipeline, today } = await loadEnvironment(options);
  const asOf = options.night ?? today;
  // A slip of the year would date the set from then: rows that begin or end by then would be as they are not yet.
  if (asOf > today) {
    const expected = `a date up to today, which is ${today} in ${environment.timeZone}`;
    throw nightjarError('NJ-USE-VALUE', { option: '--night', found: asOf, expected });
  }
  using progress = new Progress(context.output, environment.name);
  const report = await runNight({
    environment,
    pipeline,
    release: releaseName(pipeline),
    asOf,
    workers: options.workers,
    keepRaw: options.keep === true,
    dryRun: options.dryRun === true,
    first: options.first === true,
    connect: connectSource,
    onEvent: progress.show,
    signal: context.signal,
  });
  progress.end();
  printReport(context.output, environment.name, report, progress.remarks);
  return exitCode.done;
}

/** The end of a run, for people and for programs. */
function printReport(
  output: Output,
  environment: string,
  report: NightReport,
  remarks: readonly string[],
): void {
  const { connections, skew } = report.extract;
  const tables = connections.flatMap((read) => read.tables);
  const counted = tables.reduce((sum, table) => sum + table.counted, 0);
  const received = tables.reduce((sum, table) => sum + table.received, 0);
  const rows = report.datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
  const repaired = tables.flatMap((table) => table.repairs).reduce((sum, repair) => sum + repair.cells, 0);
  // That it is the first is what was asked for.
  const noted = report.judgements.filter((one) => one.verdict === 'noted' && one.guard !== 'first');
  output.tell({
    environment,
    run: report.run,
    night: report.asOf,
    generation: report.generation ?? null,
    effectiveFrom: report.instant?.toISOString() ?? null,
    hold: report.hold?.reason ?? null,
    datasets: report.datasets,
    sourceRows: { counted, received },
    snapshots: connections.map(({ connection, takenAt, clockAhead, times }) => ({
      ...{ connection, takenAt, clockAheadMs: clockAhead },
      ...{ openSeconds: times.open, lockSeconds: times.locks },
    })),
    skew,
    repairedCells: repaired,
    noted: noted.map((one) => ({ name: judgementName(one), sentence: one.sentence })),
    remarks,
    seconds: report.seconds,
    retired: report.retention?.retired ?? [],
  });
  const total = Object.values(report.seconds).reduce((sum, seconds) => sum + seconds, 0);
  output.say(
    report.generation === undefined
      ? `${colours.bold(environment)}: night ${report.asOf} was read, built, audited and judged. ${rehearsed(report)} (--dry-run).`
      : `${colours.bold(environment)}: generation ${colours.green(String(report.generation))} of night ${report.asOf} is published.`,
  );
  output.say(`  ${amount(report.datasets.length, 'dataset')}, ${amount(rows, 'row')}, in ${duration(total)}`);
  output.say(
    `  ${Object.entries(report.seconds)
      .map(([stage, seconds]) => `${stage} ${duration(seconds)}`)
      .join(', ')}`,
  );
  output.say(
    counted === received
      ? `  every row the source counted arrived: ${grouped(received)} of ${grouped(counted)}`
      : `  ${grouped(received)} of ${grouped(counted)} rows arrived`,
  );
  for (const { connection, times } of connections)
    output.say(`  ${timesSentence(connection, times.open, times.locks)}`);
  const apart = skewSentence(skew, connections.length);
  if (apart !== undefined) output.say(`  ${apart}`);
  const standIns = standInSentence(
    report.datasets.map(({ held, leftOut, erased }) => ({ held, leftOut: leftOut + erased })),
    report.generation === undefined ? undefined : environment,
  );
  if (standIns !== undefined) output.say(`  ${standIns}`);
  const which =
    report.generation === undefined
      ? ''
      : `: "nightjar generations show ${report.generation} -e ${environment}" says which`;
  if (repaired > 0) output.say(`  ${amount(repaired, 'cell')} had to be repaired on the way${which}`);
  if (noted.length > 0)
    output.say(`  the guards let pass, and noted, ${amount(noted.length, 'thing')}${which}`);
}

/** What would have become of a dry run: one that the guards would have held never comes here. */
function rehearsed({ hold }: NightReport): string {
  return hold === undefined
    ? 'It would have been published, and was not'
    : `No guard holds it, but publication is on hold: ${hold.reason}. It was not published`;
}
