import type { Seed } from '../pipeline/pipeline.ts';
import { identifierList, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { createRawTable } from './raw-schema.ts';

/** Puts the pipeline's seeds beside the raw tables. */
export async function loadSeeds(session: Session, schema: string, seeds: readonly Seed[]): Promise<void> {
  for (const seed of seeds) {
    const during = `the loading of seed ${seed.name}`;
    await createRawTable(session, schema, seed.name, seed.columns);
    // One array of texts for each column: as many parameters as columns, whatever the number of rows.
    const parameters = seed.columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
    const casts = seed.columns.map((column, index) => `c${index}::${column.type}`).join(', ');
    const names = seed.columns.map((_, index) => `c${index}`).join(', ');
    await session.query(
      during,
      `insert into ${qualified(schema, seed.name)} (${identifierList(seed.columns.map((column) => column.name))})
       select ${casts} from unnest(${parameters}) u(${names})`,
      seed.columns.map((_, index) => seed.rows.map((row) => row[index] ?? null)),
    );
    await session.query(during, `analyze ${qualified(schema, seed.name)}`);
  }
}
