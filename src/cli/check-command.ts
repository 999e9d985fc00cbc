import { colours } from './colours.ts';
import { readDeployment } from '../pipeline/read-deployment.ts';
import type { CommonOptions, Context } from './context.ts';
import { deploymentFile } from './deployment-file.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { chooseEnvironments } from './load-deployment.ts';
import { amount } from '../error/amount.ts';

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
    output.say(colours.red(`${amount(faults.length, 'fault')} in the files.`));
    return exitCode.faultyFiles;
  }
  for (const { name, datasets, tables } of pipelines.values()) {
    output.tell({ pipeline: name, datasets: datasets.length, tables: tables.length });
    output.say(
      `${colours.green('✓')} pipeline ${name}: ${amount(datasets.length, 'dataset')} from ${amount(tables.length, 'source table')}`,
    );
  }
  const environments = chooseEnvironments(deployment, options.environment);
  if (options.filesOnly === true) return exitCode.done;

  // What connects is loaded only where something is connected to.
  const { checkEnvironment } = await import('./check-environment.ts');
  let elsewhere = 0;
  for (const environment of environments) {
    const pipeline = pipelines.get(environment.pipeline);
    if (pipeline !== undefined) elsewhere += await checkEnvironment(environment, pipeline, context);
  }
  return elsewhere === 0 ? exitCode.done : exitCode.failed;
}
