import { parseCsv, type CsvCell } from './csv.ts';
import type { DeclaredType } from './declared-type.ts';
import { columnsAreKnown, type Doubtful } from './doubtful.ts';
import { entriesOf, requireEntries } from './entries-of.ts';
import type { FaultList } from './fault-list.ts';
import { checkName } from './name-rules.ts';
import { nearestName } from './nearest-name.ts';
import type { Seed } from './pipeline.ts';
import type { PipelinePair } from './pipeline-files.ts';
import { readDeclaredType } from './read-source.ts';
import { readBySchema } from './schema/read-schema.ts';
import { seedSchema } from './schema/seed-schema.ts';
import { isSeedCell, seedCellForm } from './seed-cell.ts';

interface SeedColumn {
  readonly name: string;
  /** `undefined` where it could not be read: reported. */
  readonly type: DeclaredType | undefined;
}

/** A seed as read, faults and all. */
export interface SeedDraft {
  readonly seed: Seed;
  readonly doubtful: Doubtful;
}

/** Reads `seeds/<seed>.yaml` and its `.csv`. `undefined` where nothing can be made of them. */
export function readSeed(pair: PipelinePair, faults: FaultList): SeedDraft | undefined {
  if (pair.yaml?.text === undefined) return undefined;
  const read = readBySchema(
    pair.yaml.file,
    pair.yaml.text,
    seedSchema,
    { what: `the seed ${pair.name}` },
    faults,
  );
  if (read === undefined) return undefined;
  const { yaml, value } = read;
  requireEntries(yaml, ['columns'], 'column', faults);
  const columns = entriesOf(yaml, ['columns'], value.columns).map(([name, text]): SeedColumn => {
    checkName(name, 'a column', () => yaml.keyAt(['columns', name]), faults);
    return {
      name,
      type: readDeclaredType(text, `the type of "${name}"`, () => yaml.valueAt(['columns', name]), faults),
    };
  });
  const names = columns.map((column) => column.name);
  const known = columnsAreKnown(yaml);
  const key = (value.key ?? []).filter((name) => names.includes(name));
  for (const [index, name] of (value.key ?? []).entries()) {
    if (!known || names.includes(name)) continue;
    const details = {
      what: 'column',
      name,
      place: `in the seed ${pair.name}`,
      nearest: nearestName(name, names),
    };
    faults.add('NJ-CONFIG-UNKNOWN', details, yaml.valueAt(['key', index]));
  }
  const rows =
    !known || pair.body?.text === undefined
      ? []
      : readRows(pair.body.file, pair.body.text, columns, key, faults);
  return {
    seed: {
      name: pair.name,
      key,
      columns: columns.map(({ name, type }) => ({ name, type: type?.raw ?? 'text' })),
      rows,
    },
    doubtful: !known
      ? 'all'
      : new Set(columns.filter((column) => column.type === undefined).map((column) => column.name)),
  };
}

function readRows(
  file: string,
  text: string,
  columns: readonly SeedColumn[],
  key: readonly string[],
  faults: FaultList,
): readonly (readonly (string | null)[])[] {
  const parsed = parseCsv(file, text, faults);
  if (parsed === undefined) return [];
  const [header, ...rows] = parsed;
  const expected = columns.map((column) => column.name).join(',');
  const found = (header ?? []).map((cell) => cell.text).join(',');
  if (expected !== found) {
    const off = header?.find((cell, index) => cell.text !== columns[index]?.name) ?? header?.[0];
    faults.add('NJ-CONFIG-SEED-HEADER', { expected, found }, off?.position ?? { file, line: 1, column: 1 });
    return [];
  }
  const keysSeen = new Map<string, number>();
  return rows.map((row) => {
    const [first] = row;
    const position = first?.position ?? { file, line: 1, column: 1 };
    if (row.length !== columns.length) {
      faults.add('NJ-CONFIG-SEED-WIDTH', { expected: columns.length, found: row.length }, position);
      return [];
    }
    const cells = row.map((cell, index) => readCell(cell, columns[index], key, faults));
    if (key.length > 0) {
      const identity = JSON.stringify(
        key.map((name) => cells[columns.findIndex((column) => column.name === name)]),
      );
      const earlier = keysSeen.get(identity);
      if (earlier === undefined) keysSeen.set(identity, position.line);
      else faults.add('NJ-CONFIG-KEY-TWICE', { key: key.join(', '), firstLine: earlier }, position);
    }
    return cells;
  });
}

function readCell(
  cell: CsvCell,
  column: SeedColumn | undefined,
  key: readonly string[],
  faults: FaultList,
): string | null {
  const isNull = cell.text === '' && !cell.quoted;
  if (column?.type === undefined) return isNull ? null : cell.text;
  const wrong = isNull ? key.includes(column.name) : !isSeedCell(cell.text, column.type);
  if (wrong) {
    const expected = isNull ? 'there, and it is part of the key' : seedCellForm(column.type);
    faults.add('NJ-CONFIG-SEED-CELL', { column: column.name, expected }, cell.position);
  }
  return isNull ? null : cell.text;
}
