import { listGenerations } from '../publish/generations.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { size, table } from './output.ts';

export async function listCommand(options: CommonOptions, { output, signal }: Context): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const generations = await listGenerations(warehouse.session);
  for (const generation of generations)
    output.tell({ environment: warehouse.environment.name, ...generation });
  if (generations.length === 0) {
    output.say('Nothing has been published yet.');
    return exitCode.done;
  }
  const rows = generations.map((generation) => [
    generation.number,
    generation.state,
    generation.asOf,
    generation.publishedAt?.toISOString().slice(0, 19).concat('Z') ?? '',
    generation.rows,
    size(generation.bytes),
    generation.readBy.join(', '),
    generation.release,
  ]);
  for (const line of table(
    ['generation', 'state', 'night', 'published', 'rows', 'size', 'read by', 'release'],
    rows,
  )) {
    output.say(line);
  }
  return exitCode.done;
}
