import { crashPoint } from '../error/crash-point.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import type { BuildScope } from './build-session.ts';
import { buildsAfter } from './builds-after.ts';
import { createCandidateTable, generationColumn, generationSchemaName } from './candidate.ts';
import { explainFailure, selectFailed } from './explain-failure.ts';
import { findMisfits, misfitCondition, misfitStates, selectMisfits, unchanged } from './misfits.ts';
import { sideBySide } from './side-by-side.ts';
import { workTable } from './work-table.ts';

/** A dataset as it was built. */
export interface BuiltDataset {
  readonly dataset: Dataset;
  /** Its place in the pipeline. */
  readonly ordinal: number;
  /** The connection that built it. */
  readonly session: Session;
  /** How many rows its SELECT gave. */
  readonly read: number;
  /** The table of the keys of rows that do not fit their types, and so are not in it; `undefined` where all do. */
  readonly misfits: string | undefined;
}

export interface BuildRequest {
  /** In the order of the pipeline. */
  readonly datasets: readonly Dataset[];
  /** The same in the order in which to begin them, as far as each is free to. */
  readonly order: readonly Dataset[];
  readonly scope: BuildScope;
  /** Connections of `openBuildSession`: as many datasets are built at a time. */
  readonly sessions: readonly Session[];
  /** Called with each dataset before any that depends on it is begun. */
  readonly finish: (built: BuiltDataset) => Promise<void>;
  readonly onBuilt: (dataset: string, seconds: number) => void;
  /** Called with the first failure: to stop what the other connections are doing. */
  readonly onFailure: (reason: unknown) => void;
}

/**
 * Builds every dataset into the candidate's schema, each after those it waits for, independent ones side by side.
 * Throws NJ-CONTRACT-BUILD and NJ-CONTRACT-TOO-LONG; the candidate is then left for whoever cleans up after the run.
 */
export async function build(request: BuildRequest): Promise<void> {
  const { datasets, scope } = request;
  const readByOthers = new Set(datasets.flatMap((dataset) => dataset.readsDatasets));
  const ordinals = new Map(datasets.map((dataset, index) => [dataset.name, index]));
  await sideBySide(
    request.order,
    buildsAfter(datasets),
    request.sessions,
    async (dataset, session) => {
      const began = performance.now();
      const ordinal = ordinals.get(dataset.name) ?? 0;
      const filled = await buildDataset(session, scope, dataset, ordinal);
      await request.finish({ dataset, ordinal, session, ...filled });
      // Without statistics whoever reads it next would be planned as if it had a few rows.
      if (readByOthers.has(dataset.name)) await analyze(session, scope, dataset);
      request.onBuilt(dataset.name, (performance.now() - began) / 1000);
    },
    request.onFailure,
  );
}

async function buildDataset(
  session: Session,
  scope: BuildScope,
  dataset: Dataset,
  ordinal: number,
): Promise<Pick<BuiltDataset, 'read' | 'misfits'>> {
  try {
    return { read: await insertRows(session, scope, dataset, ''), misfits: undefined };
  } catch (error) {
    const sqlstate = sqlstateOf(error);
    const misfits =
      sqlstate !== undefined && misfitStates.has(sqlstate) ? await findMisfits(session, dataset) : undefined;
    if (misfits === undefined) throw buildFault(scope, dataset, error);
    const table = workTable(scope.run, 'misfit', ordinal);
    try {
      const out = await session.rawCount(
        `create unlogged table ${table} as ${selectMisfits(dataset, misfits)}`,
      );
      const rows = await insertRows(session, scope, dataset, ` where not ${misfitCondition(misfits)}`);
      return { read: rows + out, misfits: table };
    } catch (again) {
      throw buildFault(scope, dataset, again);
    }
  }
}

/** Gives how many there were. Throws as the driver does. */
async function insertRows(
  session: Session,
  scope: BuildScope,
  dataset: Dataset,
  where: string,
): Promise<number> {
  const during = `the build of dataset ${dataset.name}`;
  const { contract, name } = dataset;
  // By name, never by position: two columns that change places in a SELECT must not change places in the table.
  const columns = contract.columns.map((column) => column.name);
  const values = contract.columns.map((column) =>
    unchanged(column.type, `q.${quoteIdentifier(column.name)}`),
  );
  const insert =
    `insert into ${qualified(generationSchemaName(scope.generation), name)} (${generationColumn}, ${identifierList(columns)})\n` +
    // OFFSET keeps what a column is made of from being worked out once for each mention of it.
    `select ${scope.generation}, ${values.join(', ')} from (select * from (\n${dataset.sql}\n) s offset 0) q${where}`;
  try {
    // In one transaction: where the server keeps no log for a standby (wal_level = minimal), what is written to a table that
    // is not older than its transaction is not logged row by row but flushed to disk at the commit.
    await session.query(during, 'begin');
    await session.query(during, createCandidateTable(scope.generation, name, contract));
    const rows = await session.rawCount(insert);
    crashPoint('build.dataset-filled');
    await session.query(during, 'commit');
    crashPoint('build.dataset-committed');
    return rows;
  } catch (error) {
    await session.decide('rollback').catch(() => undefined);
    throw error;
  }
}

async function analyze(session: Session, scope: BuildScope, dataset: Dataset): Promise<void> {
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  await session.query(`the analysis of dataset ${dataset.name}`, `analyze ${table}`);
}

function buildFault(scope: BuildScope, dataset: Dataset, error: unknown): Error {
  const sqlstate = sqlstateOf(error);
  const known = sqlstate === undefined ? undefined : explainFailure(scope, dataset, sqlstate);
  if (known !== undefined) return known;
  const fault = warehouseFault(error, `the build of dataset ${dataset.name}`);
  return fault.code === 'NJ-WAREHOUSE-STATEMENT'
    ? selectFailed(scope, dataset, sqlstate ?? 'unknown', 'the server refused it')
    : fault;
}
