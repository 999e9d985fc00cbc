import { connectSample } from './database/connect.ts';
import { refuseRealTables, sampleComment } from './database/mark.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { SampleTarget } from './database/target.ts';
import { findTable, sampleTables } from './schema/tables.ts';
import { lastSource, rowSources } from './tables/row-sources.ts';
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

/** From so many persons on it pays to make the indexes of full tables. */
const manyPeople = 50_000;

/** One connection makes and sends rows while the server digests what came over the other. */
const connections = 2;

/** Makes a TIS out of nothing, in place of an earlier sample. Takes seconds at scale 1/50, minutes at scale 1. */
export async function createSample(target: SampleTarget, options: CreateOptions): Promise<CreatedSample> {
  const world = makeWorld(options);
  await using database = await connectSample(target);
  await refuseRealTables(database);
  await database.createTables(sampleTables, sampleComment, world.sizes.people > manyPeople);

  // Whoever fails first stops the others; all have let go of their connections before this function ends.
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const rowsByTable: Record<string, number> = {};
  const queue = rowSources.filter((source) => source !== lastSource);
  const work = async (): Promise<void> => {
    try {
      await using own = await connectSample(target);
      for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
        rowsByTable[nameOf(source)] = await fill(own, world, source, signal, options.onProgress);
      }
    } catch (error) {
      // The first failure is the one to tell, and an abort is told as such whatever a database makes of it.
      failed.abort(error);
      signal.throwIfAborted();
    }
  };
  await Promise.allSettled(Array.from({ length: connections }, work));
  signal.throwIfAborted();
  rowsByTable[nameOf(lastSource)] = await fill(database, world, lastSource, signal, options.onProgress);
  return { rowsByTable };
}

/** How many tables of an earlier sample are there; throws what `createSample` would before it does anything. */
export async function tablesThere(target: SampleTarget): Promise<number> {
  await using database = await connectSample(target);
  await refuseRealTables(database);
  return (await database.tableComments()).length;
}

function nameOf(source: RowSource): string {
  return `${source.database}.${source.table}`;
}

async function fill(
  database: SampleDatabase,
  world: World,
  source: RowSource,
  signal: AbortSignal,
  onProgress: CreateOptions['onProgress'],
): Promise<number> {
  signal.throwIfAborted();
  const table = findTable(source.database, source.table);
  let rows = 0;
  const report = (more: number) => {
    signal.throwIfAborted();
    rows += more;
    onProgress?.({ table: nameOf(source), rows, done: false });
  };
  await database.load(table, source.columns, source.rows(world), report);
  await database.finishTable(table, world.sizes.people > manyPeople);
  onProgress?.({ table: nameOf(source), rows, done: true });
  return rows;
}
