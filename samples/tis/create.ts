import { connectSample } from './database/connect.ts';
import { refuseRealTables, sampleComment } from './database/mark.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { SampleTarget } from './database/target.ts';
import { findTable, sampleTables } from './schema/tables.ts';
import { rowSources } from './tables/row-sources.ts';
import type { RowSource } from './tables/row-source.ts';
import { makeWorld, type World, type WorldOptions } from './world/world.ts';

export interface CreateOptions extends WorldOptions {
  /** Called after each table, and some times within a large one. */
  readonly onProgress?: ((progress: CreateProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CreateProgress {
  /** `tcs.Placement`. */
  readonly table: string;
  /** Rows of this table so far. */
  readonly rows: number;
  readonly done: boolean;
}

export interface CreatedSample {
  readonly rowsByTable: Readonly<Record<string, number>>;
}

/** One connection makes and sends rows while the server digests what came over the other. */
const connections = 2;

/** Makes a TIS out of nothing, in place of an earlier sample. Takes seconds at scale 1/50, minutes at scale 1. */
export async function createSample(target: SampleTarget, options: CreateOptions): Promise<CreatedSample> {
  const world = makeWorld(options);
  await using database = await connectSample(target);
  await refuseRealTables(database);
  await database.createTables(sampleTables, sampleComment);

  const rowsByTable: Record<string, number> = {};
  const queue = [...rowSources];
  const work = async (own: SampleDatabase) => {
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      options.signal?.throwIfAborted();
      rowsByTable[`${source.database}.${source.table}`] = await fill(own, world, source, options);
    }
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      await using own = await connectSample(target);
      await work(own);
    }),
  );
  return { rowsByTable };
}

async function fill(
  database: SampleDatabase,
  world: World,
  source: RowSource,
  options: CreateOptions,
): Promise<number> {
  const table = findTable(source.database, source.table);
  const name = `${source.database}.${source.table}`;
  let rows = 0;
  const report = (more: number) => {
    options.signal?.throwIfAborted();
    rows += more;
    options.onProgress?.({ table: name, rows, done: false });
  };
  await database.load(table, source.columns, source.rows(world), report);
  await database.finishTable(table);
  options.onProgress?.({ table: name, rows, done: true });
  return rows;
}
