import pc from 'picocolors';
import type { NightjarError } from '../error/nightjar-error.ts';
import { checkSources } from '../night/check-sources.ts';
import { checkWarehouse } from '../night/check-warehouse.ts';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { readDeployment } from '../pipeline/read-deployment.ts';
import type { CommonOptions, Context } from './context.ts';
import { deploymentFile } from './deployment-file.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { chooseEnvironments } from './load-deployment.ts';
import { plural, size } from './output.ts';

/** The options of `nightjar check`. */
export interface CheckOptions extends CommonOptions {
  readonly filesOnly?: boolean;
}

export async function checkCommand(options: CheckOptions, context: Context): Promise<ExitCode> {
  const { output } = context;
  const { file, variables } = await deploymentFile(options);
  const { deployment, pipelines, faults } = await readDeployment(file, { variables });
  for (const fault of faults) output.complain(fault);
  if (deployment === undefined) {
    output.say(pc.red(`${plural(faults.length, 'fault')} in the files.`));
    return exitCode.faultyFiles;
  }
  for (const pipeline of pipelines.values()) {
    output.say(
      `${pc.green('✓')} pipeline ${pipeline.name}: ${plural(pipeline.datasets.length, 'dataset')} from ${plural(pipeline.tables.length, 'source table')}`,
    );
  }
  if (options.filesOnly === true) return exitCode.done;

  const environments = chooseEnvironments(deployment, options.environment);
  let elsewhere = 0;
  for (const environment of environments) {
    const pipeline = pipelines.get(environment.pipeline);
    if (pipeline !== undefined) elsewhere += await checkEnvironment(environment, pipeline, context);
  }
  return elsewhere === 0 ? exitCode.done : exitCode.failed;
}

async function checkEnvironment(
  environment: Environment,
  pipeline: Pipeline,
  context: Context,
): Promise<number> {
  const { output, signal } = context;
  const collected: NightjarError[] = [];
  const collect = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      collected.push(asNightjarError(error));
      return undefined;
    }
  };
  const sources = await collect(() => checkSources(environment, pipeline, signal));
  const warehouse = await collect(() => checkWarehouse(environment, pipeline, signal));
  const faults = [...collected, ...(sources?.faults ?? []), ...(warehouse?.faults ?? [])];
  for (const fault of faults) output.complain(fault);
  output.tell({
    environment: environment.name,
    faults: faults.length,
    tables: sources?.tables ?? null,
    estimatedRows: sources?.estimatedRows ?? null,
    roomNeededBytes: sources?.roomNeeded ?? null,
    unusedColumns: warehouse?.unusedColumns ?? null,
  });
  const mark = faults.length === 0 ? pc.green('✓') : pc.red('✗');
  output.say(
    `${mark} ${pc.bold(environment.name)}: ${faults.length === 0 ? 'no fault' : plural(faults.length, 'fault')}`,
  );
  if (sources !== undefined) {
    output.say(
      `  sources: ${plural(sources.tables, 'table')}, about ${plural(sources.estimatedRows, 'row')}`,
    );
    output.say(
      `  room: a night needs about ${size(sources.roomNeeded)} in the warehouse (raw tables and one generation)`,
    );
  }
  if (warehouse !== undefined && warehouse.unusedColumns.length > 0) {
    output.say(`  read in vain (no dataset uses them): ${warehouse.unusedColumns.join(', ')}`);
  }
  return faults.length;
}
