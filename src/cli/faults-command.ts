import { faultCounts, listFaults, officesWithFaults, type ListedFault } from '../audit/listed-faults.ts';
import { printKeys } from '../build/print-key.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { faultReport } from '../night/run-record.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { csvLine } from './csv-line.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { faultWords } from './fault-words.ts';
import { openWarehouse, type OpenWarehouse } from './open-warehouse.ts';
import { table, type Output } from './output.ts';
import { requirePublished } from './require-published.ts';
import { writeOut } from './write-out.ts';

/**
 * What is wrong with rows of the published generation, counted or row by row. Throws NJ-NIGHT-FAULTS-UNLISTED after what there is
 * where not all is listed: that there is none more, nobody can say.
 */
export async function faultsCommand(
  options: CommonOptions & { readonly office?: string; readonly csv?: boolean },
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const generation = await requirePublished(session, environment.name);
  const { run, isListed } = await faultReport(session, generation);
  const { office } = options;
  const report: Report = { ...warehouse, generation, isListed, output };
  if (options.csv === true) await printCsv(listFaults(session, generation, office), pipeline);
  else if (office === undefined) await showCounts(report);
  else await showOffice(report, office);
  if (!isListed)
    throw nightjarError('NJ-NIGHT-FAULTS-UNLISTED', { environment: environment.name, generation, run });
  return exitCode.done;
}

interface Report extends Pick<OpenWarehouse, 'session' | 'environment' | 'pipeline'> {
  readonly generation: number;
  readonly isListed: boolean;
  readonly output: Output;
}

async function showOffice(report: Report, office: string): Promise<void> {
  const { session, environment, pipeline, generation, isListed, output } = report;
  output.say(
    `Generation ${generation} of ${environment.name}: rows of "${office}" with a fault that someone can mend.`,
  );
  let listed = 0;
  for await (const fault of listFaults(session, generation, office)) {
    listed++;
    output.tell({ generation, ...fault });
    output.say(
      `${fault.dataset}  ${printKey(pipeline, fault)}  ${faultWords(pipeline, fault)}, since ${fault.since}`,
    );
  }
  if (listed === 0 && isListed) output.say(noneOf(await officesWithFaults(session, generation)));
}

async function showCounts({
  session,
  environment,
  pipeline,
  generation,
  isListed,
  output,
}: Report): Promise<void> {
  const counts = await faultCounts(session, generation);
  for (const count of counts) output.tell({ generation, ...count });
  output.say(`Generation ${generation} of ${environment.name}: rows with a fault that someone can mend.`);
  if (counts.length === 0) {
    if (isListed) output.say('None.');
    return;
  }
  const rows = counts.map((count) => [count.dataset, count.rows, faultWords(pipeline, count)]);
  for (const line of table(['dataset', 'rows', 'fault'], rows)) output.say(line);
}

/** An office without a fault cannot be told from a name that is none's. */
function noneOf(offices: readonly string[]): string {
  return offices.length === 0
    ? 'None.'
    : `None. Offices with some: ${offices.map((office) => `"${office}"`).join(', ')}.`;
}

async function printCsv(faults: AsyncIterable<ListedFault>, pipeline: Pipeline): Promise<void> {
  let heard = await writeOut(csvLine(['office', 'dataset', 'key', 'fault', 'in words', 'since']));
  for await (const fault of faults) {
    if (!heard) return;
    const { office, dataset, since } = fault;
    const key = printKey(pipeline, fault);
    heard = await writeOut(csvLine([office, dataset, key, fault.fault, faultWords(pipeline, fault), since]));
  }
}

/** In the order of the contract's key, which the warehouse does not keep. */
function printKey(pipeline: Pipeline, { dataset: name, key }: ListedFault): string {
  const columns = pipeline.datasets.find((dataset) => dataset.name === name)?.contract.key;
  return printKeys([key], columns ?? Object.keys(key)).join('');
}
