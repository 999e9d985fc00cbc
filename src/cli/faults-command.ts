import { faultCounts, listFaults, officesWithFaults, type ListedFault } from '../audit/listed-faults.ts';
import { printKeys } from '../build/print-key.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { publishedGeneration } from '../publish/generations.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { csvLine } from './csv-line.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { faultWords } from './fault-words.ts';
import { openWarehouse } from './open-warehouse.ts';
import { table } from './output.ts';
import { writeOut } from './write-out.ts';

/** What is wrong with rows of the published generation, counted or row by row. */
export async function faultsCommand(
  options: CommonOptions & { readonly office?: string; readonly csv?: boolean },
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const generation = await publishedGeneration(session);
  if (generation === undefined) throw nightjarError('NJ-WAREHOUSE-NO-RUN', { environment: environment.name });
  const { office } = options;
  if (options.csv === true) {
    await printCsv(listFaults(session, generation, office), pipeline);
    return exitCode.done;
  }
  if (office !== undefined) {
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
    if (listed === 0) output.say(noneOf(await officesWithFaults(session, generation)));
    return exitCode.done;
  }
  const counts = await faultCounts(session, generation);
  for (const count of counts) output.tell({ generation, ...count });
  output.say(`Generation ${generation} of ${environment.name}: rows with a fault that someone can mend.`);
  if (counts.length === 0) output.say('None.');
  else {
    const rows = counts.map((count) => [count.dataset, count.rows, faultWords(pipeline, count)]);
    for (const line of table(['dataset', 'rows', 'fault'], rows)) output.say(line);
  }
  return exitCode.done;
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
