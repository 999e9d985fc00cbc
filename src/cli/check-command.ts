import { colours } from './colours.ts';
import type { NightjarError } from '../error/nightjar-error.ts';
import { checkSources } from '../night/check-sources.ts';
import { checkWarehouse } from '../night/check-warehouse.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { ControlSchemaState } from '../warehouse/migrate.ts';
import { readDeployment } from '../pipeline/read-deployment.ts';
import type { CommonOptions, Context } from './context.ts';
import { deploymentFile } from './deployment-file.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { chooseEnvironments } from './load-deployment.ts';
import { amount } from '../error/amount.ts';
import { size } from './output.ts';

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
  { output, signal }: Context,
): Promise<number> {
  const sources = await checkSources(environment, pipeline, signal);
  const warehouse = await checkWarehouse(environment, pipeline, signal);
  const faults = withoutRepetition([...sources.faults, ...warehouse.faults]);
  for (const fault of faults) output.complain(fault, { environment: environment.name });
  const { estimate } = sources;
  const { controlSchema, unusedColumns } = warehouse;
  output.tell({
    environment: environment.name,
    faults: faults.length,
    tables: sources.tables,
    estimatedRows: estimate?.rows ?? null,
    roomNeededBytes: estimate?.roomNeeded ?? null,
    unusedColumns: unusedColumns ?? null,
    pendingSteps: controlSchema?.pending.map((step) => step.name) ?? null,
  });
  const mark = faults.length === 0 ? colours.green('✓') : colours.red('✗');
  output.say(
    `${mark} ${colours.bold(environment.name)}: ${faults.length === 0 ? 'no fault' : amount(faults.length, 'fault')}`,
  );
  const rows = estimate === undefined ? '' : `, about ${amount(estimate.rows, 'row')}`;
  output.say(`  sources: ${amount(sources.tables, 'table')}${rows}`);
  output.say(
    estimate === undefined
      ? '  room: how much a night needs cannot be said until every source can be looked at'
      : `  room: a night needs about ${size(estimate.roomNeeded)} in the warehouse (raw tables and one generation)`,
  );
  if (controlSchema !== undefined && controlSchema.pending.length > 0) {
    output.say(`  next run: ${nextRun(controlSchema)}`);
  }
  if (unusedColumns !== undefined && unusedColumns.length > 0) {
    output.say(`  read in vain (no dataset uses them): ${inVain(unusedColumns, pipeline).join(', ')}`);
  }
  return faults.length;
}

/** What the next run will do to the control schema. */
function nextRun({ exists, pending }: ControlSchemaState): string {
  return exists
    ? `brings Nightjar's own schema "nightjar" to what this release needs: ${pending.map((step) => step.name).join(', ')}`
    : `makes Nightjar's own schema "nightjar", which is not there yet`;
}

/** Of a table that is not used at all its name alone. */
function inVain(unused: readonly string[], { tables }: Pipeline): readonly string[] {
  const names = new Set(unused);
  return tables.flatMap(({ name, columns }) => {
    const own = columns.map((column) => `${name}.${column.name}`).filter((column) => names.has(column));
    return own.length === columns.length ? [`all of ${name}`] : own;
  });
}

/** A setting that several servers share is at fault once. */
function withoutRepetition(faults: readonly NightjarError[]): readonly NightjarError[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.message}`, fault])).values()];
}
