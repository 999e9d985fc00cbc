import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { TableToRead } from '../source/source.ts';

/** The tables that a pipeline reads through one of an environment's connections, and where they lie there. */
export function tablesBehind(
  connection: string,
  environment: Pick<Environment, 'sources'>,
  pipeline: Pick<Pipeline, 'tables'>,
): readonly TableToRead[] {
  return environment.sources
    .filter((place) => place.connection === connection)
    .flatMap((place) =>
      pipeline.tables
        .filter((table) => table.source === place.source)
        .map((declared) => ({ declared, schema: place.schema })),
    );
}
