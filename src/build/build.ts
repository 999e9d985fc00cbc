import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import type { BuildScope } from './build-session.ts';
import { createCandidateTable, generationColumn, generationSchemaName } from './candidate.ts';
import { explainFailure, selectFailed } from './explain-failure.ts';
import { sideBySide } from './side-by-side.ts';

export interface BuildRequest {
  /** The datasets in the order in which to begin them, as far as each is free to. */
  readonly order: readonly Dataset[];
  readonly scope: BuildScope;
  /** Connections of `openBuildSession`: as many datasets are built at a time. */
  readonly sessions: readonly Session[];
  readonly onBuilt: (dataset: string, seconds: number) => void;
  /** Called with the first failure: to stop what the other connections are doing. */
  readonly onFailure: (reason: unknown) => void;
}

/**
 * Builds every dataset into the candidate's schema, each after those it reads, independent ones side by side.
 * Throws NJ-CONTRACT-BUILD and NJ-CONTRACT-TOO-LONG; the candidate is then left for whoever cleans up after the run.
 */
export async function build(request: BuildRequest): Promise<void> {
  const readByOthers = new Set(request.order.flatMap((dataset) => dataset.readsDatasets));
  await sideBySide(
    request.order,
    (dataset) => dataset.readsDatasets,
    request.sessions,
    async (dataset, session) => {
      const began = performance.now();
      await buildDataset(session, request.scope, dataset);
      // Without statistics whoever reads it next would be planned as if it had a few rows.
      if (readByOthers.has(dataset.name)) await analyze(session, request.scope, dataset);
      request.onBuilt(dataset.name, (performance.now() - began) / 1000);
    },
    request.onFailure,
  );
}

async function buildDataset(session: Session, scope: BuildScope, dataset: Dataset): Promise<void> {
  const during = `the build of dataset ${dataset.name}`;
  const { contract, name } = dataset;
  // By name, never by position: two columns that change places in a SELECT must not change places in the table.
  const columns = contract.columns.map((column) => column.name);
  const insert =
    `insert into ${qualified(generationSchemaName(scope.generation), name)} (${generationColumn}, ${identifierList(columns)})\n` +
    `select ${scope.generation}, ${columns.map((column) => `q.${quoteIdentifier(column)}`).join(', ')} from (\n${dataset.sql}\n) q`;
  try {
    // In one transaction: where the server keeps no log for a standby (wal_level = minimal), what is written to a table that
    // is not older than its transaction is not logged row by row but flushed to disk at the commit.
    await session.query(during, 'begin');
    await session.query(during, createCandidateTable(scope.generation, name, contract));
    await session.raw(insert);
    await session.query(during, 'commit');
  } catch (error) {
    await session.decide('rollback').catch(() => undefined);
    throw await buildFault(session, scope, dataset, error);
  }
}

async function analyze(session: Session, scope: BuildScope, dataset: Dataset): Promise<void> {
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  await session.query(`the analysis of dataset ${dataset.name}`, `analyze ${table}`);
}

async function buildFault(
  session: Session,
  scope: BuildScope,
  dataset: Dataset,
  error: unknown,
): Promise<Error> {
  const sqlstate = sqlstateOf(error);
  const known = sqlstate === undefined ? undefined : await explainFailure(session, scope, dataset, sqlstate);
  if (known !== undefined) return known;
  const fault = warehouseFault(error, `the build of dataset ${dataset.name}`);
  return fault.code === 'NJ-WAREHOUSE-STATEMENT'
    ? selectFailed(scope, dataset, sqlstate ?? 'unknown', 'the server refused it')
    : fault;
}
