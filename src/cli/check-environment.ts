import { amount } from '../error/amount.ts';
import type { NightjarError } from '../error/nightjar-error.ts';
import { checkSources } from '../night/check-sources.ts';
import { checkWarehouse } from '../night/check-warehouse.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { ControlSchemaState } from '../warehouse/migrate.ts';
import { colours } from './colours.ts';
import type { Context } from './context.ts';
import { size } from './output.ts';

/** Looks at an environment's sources and warehouse, and tells of them; gives the number of faults. */
export async function checkEnvironment(
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
