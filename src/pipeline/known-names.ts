import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import type { ContractDraft } from './read-contract.ts';
import type { SeedDraft } from './read-seed.ts';
import type { SourceTableDraft } from './read-source.ts';
import { kindOfContractType, kindOfRawType, type Kind } from './sql/kind.ts';
import { now, type Later } from './sql/later.ts';
import { unknownOutput, type Keys, type Output, type OutputColumn } from './sql/relation.ts';

/** Everything that a pipeline's SQL can name, and what is known of it. */
export interface KnownNames {
  readonly stored: ReadonlyMap<string, Output>;
  readonly doubtfulPrefixes: readonly string[];
}

interface Named {
  readonly name: string;
  /** For messages: `the dataset person`. */
  readonly what: string;
  readonly position: FilePosition;
  readonly output: Output;
}

/** A dataset or seed, with what could be read of it. */
export interface NamedDraft<Draft> {
  readonly name: string;
  readonly position: FilePosition;
  readonly draft: Draft | undefined;
}

/**
 * Brings raw tables, seeds and datasets into the one list of names that SQL sees; reports what comes to a name that is
 * taken.
 * @param unreadableSources sources of which the tables are not known.
 */
export function knownNames(
  tables: readonly SourceTableDraft[],
  seeds: readonly NamedDraft<SeedDraft>[],
  datasets: readonly NamedDraft<ContractDraft>[],
  unreadableSources: readonly string[],
  faults: FaultList,
): KnownNames {
  const all: Named[] = [
    ...datasets.map(({ name, position, draft }) => ({
      name,
      what: `the dataset ${name}`,
      position,
      output: datasetOutput(name, draft),
    })),
    ...seeds.map(({ name, position, draft }) => ({
      name,
      what: `the seed ${name}`,
      position,
      output: seedOutput(name, draft),
    })),
    ...tables.map((draft) => ({
      name: draft.table.name,
      what: `the table "${draft.table.table}" of ${draft.table.source}`,
      position: draft.position,
      output: tableOutput(draft),
    })),
  ];
  const taken = new Map<string, Named>();
  for (const one of all) {
    const first = taken.get(one.name);
    if (first === undefined) taken.set(one.name, one);
    else {
      // Nobody knows which of the two is meant: no column is said to be missing.
      taken.set(one.name, { ...first, output: unknownOutput });
      const what = one.what.charAt(0).toUpperCase() + one.what.slice(1);
      faults.add('NJ-CONFIG-NAME-TWICE', { name: one.name, what, first: first.what }, one.position);
    }
  }
  return {
    stored: new Map([...taken].map(([name, one]) => [name, one.output])),
    doubtfulPrefixes: unreadableSources.map((source) => `${source}_`),
  };
}

function storedColumn(table: string, name: string, kind: Kind): OutputColumn {
  const origins = new Set([`${table}.${name}`]);
  return { name, kind, unfolded: kind === 'text', folded: false, origins, place: 0 };
}

function keysOf(key: readonly string[]): Later<Keys> {
  return now(key.length === 0 ? [] : [key]);
}

function tableOutput({ table, doubtful }: SourceTableDraft): Output {
  if (doubtful === 'all') return unknownOutput;
  const columns = table.columns.map((column) =>
    storedColumn(
      table.name,
      column.name,
      doubtful.has(column.name) ? 'unknown' : kindOfRawType(column.type.raw),
    ),
  );
  return {
    columns: [...columns, storedColumn(table.name, 'nightjar_repaired', 'text')],
    keys: keysOf(table.key),
  };
}

function seedOutput(name: string, draft: SeedDraft | undefined): Output {
  if (draft === undefined || draft.doubtful === 'all') return unknownOutput;
  const { doubtful } = draft;
  const columns = draft.seed.columns.map((column) =>
    storedColumn(name, column.name, doubtful.has(column.name) ? 'unknown' : kindOfRawType(column.type)),
  );
  return { columns, keys: keysOf(draft.seed.key) };
}

function datasetOutput(name: string, draft: ContractDraft | undefined): Output {
  if (draft === undefined || draft.doubtful === 'all') return unknownOutput;
  const { doubtful } = draft;
  const columns = draft.contract.columns.map((column) =>
    storedColumn(name, column.name, doubtful.has(column.name) ? 'unknown' : kindOfContractType(column.type)),
  );
  return { columns, keys: keysOf(draft.contract.key) };
}
