import { basename, resolve } from 'node:path';
import type { FilePosition, NightjarError } from '../error/nightjar-error.ts';
import { checkContract } from './check-contract.ts';
import { checkDataset } from './check-dataset.ts';
import { orderDatasets } from './dataset-order.ts';
import { FaultList } from './fault-list.ts';
import { checkKeyRepairs, keyColumns, type KeyColumns } from './key-columns.ts';
import { knownNames, type KnownNames, type NamedDraft } from './known-names.ts';
import { checkPaces } from './paced-tables.ts';
import type { Dataset, Pipeline } from './pipeline.ts';
import { sortPipelineFiles, type PipelineFiles, type PipelinePair } from './pipeline-files.ts';
import { readContract, type ContractDraft } from './read-contract.ts';
import { readFolder, type FolderFiles } from './read-folder.ts';
import { readSeed } from './read-seed.ts';
import { readSource, type SourceTableDraft } from './read-source.ts';
import { loadParser } from './sql/parse-sql.ts';

/** A pipeline, or why it is none. */
export interface ReadPipeline {
  /** `undefined` exactly where there are faults. */
  readonly pipeline: Pipeline | undefined;
  /** All of them, by file, line and column. */
  readonly faults: readonly NightjarError[];
}

/** Reads and checks a pipeline folder. Nothing but the folder is touched, and nothing is thrown for what is in it. */
export async function readPipeline(folder: string): Promise<ReadPipeline> {
  const faults = new FaultList();
  const [found] = await Promise.all([readFolder(folder, faults), loadParser()]);
  if (found === undefined) return { pipeline: undefined, faults: faults.sorted() };
  return readPipelineFiles(folder, found, faults);
}

/** Checks the files of a folder. `loadParser` must have been awaited. */
export function readPipelineFiles(folder: string, found: FolderFiles, faults: FaultList): ReadPipeline {
  const files = sortPipelineFiles(folder, found, faults);
  if (files.datasets.length === 0) {
    const details = {
      place: 'datasets/',
      expected: 'at least one dataset',
      found: 'none',
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, { file: folder, line: 1, column: 1 });
  }
  const sources = files.sources.map(({ name, yaml }) => ({ name, tables: readSource(name, yaml, faults) }));
  const tables = sources.flatMap((source) => source.tables ?? []);
  const seeds = files.seeds.map((pair) => named(pair, readSeed(pair, faults)));
  const contracts = files.datasets.map((pair) =>
    named(pair, pair.yaml === undefined ? undefined : readContract(pair.name, pair.yaml, faults)),
  );
  const unreadable = sources.filter((source) => source.tables === undefined).map((source) => source.name);
  const known = knownNames(tables, seeds, contracts, unreadable, faults);
  const checked = checkDatasets(files, contracts, known, tables, faults);
  const pipeline: Pipeline = {
    name: basename(resolve(folder)),
    folder,
    sources: sources.map((source) => source.name),
    tables: tables.map((draft) => draft.table),
    seeds: seeds.flatMap((seed) => seed.draft?.seed ?? []),
    datasets: checked.datasets,
    keyColumns: new Set(checked.keys.keys()),
    digest: found.digest,
  };
  return { pipeline: faults.isEmpty ? pipeline : undefined, faults: faults.sorted() };
}

function named<Draft>(pair: PipelinePair, draft: Draft | undefined): NamedDraft<Draft> {
  const position: FilePosition = { file: (pair.yaml ?? pair.body)?.file ?? pair.name, line: 1, column: 1 };
  return { name: pair.name, position, draft };
}

/** Checks contracts and SELECTs, and puts the datasets in the order in which they are built. */
function checkDatasets(
  files: PipelineFiles,
  contracts: readonly NamedDraft<ContractDraft>[],
  known: KnownNames,
  tables: readonly SourceTableDraft[],
  faults: FaultList,
): { readonly datasets: readonly Dataset[]; readonly keys: KeyColumns } {
  const names = new Set(files.datasets.map((pair) => pair.name));
  const declaredKeys = new Map(contracts.map(({ name, draft }) => [name, draft?.contract.key ?? []]));
  const checked = files.datasets.flatMap((pair, index) => {
    const draft = contracts[index]?.draft;
    if (draft !== undefined) checkContract(pair.name, draft, known, tables, declaredKeys, faults);
    const select =
      pair.body === undefined ? undefined : checkDataset(pair.name, pair.body, draft, known, faults);
    return select === undefined ? [] : [{ pair, draft, select }];
  });
  const keys = keyColumns(
    tables,
    checked.map(({ pair, draft, select }) => ({ name: pair.name, draft, select })),
  );
  for (const { draft } of contracts) if (draft !== undefined) checkKeyRepairs(draft, keys, faults);
  const order = orderDatasets(
    checked.map(({ pair, draft, select }) => ({
      name: pair.name,
      reads: new Map([...select.reads].filter(([name]) => names.has(name))),
      refersTo: draft?.contract.references.map((reference) => reference.dataset) ?? [],
    })),
    faults,
  );
  const built = checked.flatMap(({ pair, draft, select }): Dataset[] => {
    if (draft === undefined || pair.body === undefined || pair.yaml === undefined) return [];
    const reads = [...select.reads.keys()];
    return [
      {
        name: pair.name,
        sql: select.sql,
        sqlFile: pair.body.file,
        contractFile: pair.yaml.file,
        contract: draft.contract,
        inContract: (path, offset) => draft.yaml.insideAt(path, offset),
        readsRaw: reads.filter((name) => !names.has(name)),
        readsDatasets: reads.filter((name) => names.has(name)),
        valuesFrom: new Set([...select.origins.values()].flatMap((origins) => [...origins])),
      },
    ];
  });
  const byName = new Map(built.map((dataset) => [dataset.name, dataset]));
  const datasets = order.flatMap((name) => byName.get(name) ?? []);
  checkPaces(datasets, writtenPaces(contracts), faults);
  return { datasets, keys };
}

/** Where contracts set the guard `pace`. */
function writtenPaces(contracts: readonly NamedDraft<ContractDraft>[]): ReadonlyMap<string, FilePosition> {
  return new Map(
    contracts.flatMap(({ name, draft }) =>
      draft?.yaml.keysOf(['guards']).includes('pace') === true
        ? [[name, draft.yaml.keyAt(['guards', 'pace'])] as const]
        : [],
    ),
  );
}
