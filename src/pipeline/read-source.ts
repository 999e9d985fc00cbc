import { declaredTypeNames, parseDeclaredType, type DeclaredType } from './declared-type.ts';
import { columnsAreKnown, type Doubtful } from './doubtful.ts';
import { entriesOf, requireEntries } from './entries-of.ts';
import type { FaultList } from './fault-list.ts';
import { checkName } from './name-rules.ts';
import { nearestName } from './nearest-name.ts';
import { nearestType } from './nearest-type.ts';
import type { PipelineText } from './pipeline-files.ts';
import { snakeCase } from './raw-name.ts';
import { readBySchema } from './schema/read-schema.ts';
import { sourceSchema } from './schema/source-schema.ts';
import type { SourceColumn, SourceTable } from './source-table.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';
import type { FilePosition } from '../error/nightjar-error.ts';

/** A table as read, faults and all. */
export interface SourceTableDraft {
  readonly table: SourceTable;
  readonly position: FilePosition;
  readonly doubtful: Doubtful;
}

/** Reads `sources/<source>.yaml`. `undefined` where nothing can be made of it. */
export function readSource(
  source: string,
  from: PipelineText,
  faults: FaultList,
): readonly SourceTableDraft[] | undefined {
  if (from.text === undefined) return undefined;
  const read = readBySchema(from.file, from.text, sourceSchema, { what: 'a source' }, faults);
  if (read === undefined) return undefined;
  const { yaml, value } = read;
  requireEntries(yaml, ['tables'], 'table', faults);
  return entriesOf(yaml, ['tables'], value.tables).map(([name, declared]) => {
    const path: YamlPath = ['tables', name];
    const rawName = `${source}_${declared.as ?? snakeCase(name)}`;
    const position = declared.as === undefined ? yaml.keyAt(path) : yaml.valueAt([...path, 'as']);
    checkName(rawName, 'a raw table', () => position, faults);
    const doubtful = new Set<string>();
    const columns = readColumns(yaml, path, declared.columns, doubtful, faults);
    const key = readKey(
      columnsAreKnown(yaml, path) ? (declared.key ?? []) : [],
      columns,
      rawName,
      yaml,
      [...path, 'key'],
      faults,
    );
    const table: SourceTable = {
      source,
      table: name,
      name: rawName,
      key,
      volatile: declared.volatile ?? false,
      columns,
    };
    return { table, position, doubtful: columnsAreKnown(yaml, path) ? doubtful : 'all' };
  });
}

type DeclaredColumns = Readonly<
  Record<string, string | { readonly type: string; readonly as?: string | undefined }>
>;

function readColumns(
  yaml: YamlFile,
  above: YamlPath,
  declared: DeclaredColumns,
  doubtful: Set<string>,
  faults: FaultList,
): readonly SourceColumn[] {
  const taken = new Map<string, string>();
  const here: YamlPath = [...above, 'columns'];
  requireEntries(yaml, here, 'column', faults);
  return entriesOf(yaml, here, declared).flatMap(([column, written]): SourceColumn[] => {
    const path: YamlPath = [...above, 'columns', column];
    const as = typeof written === 'string' ? undefined : written.as;
    const name = as ?? snakeCase(column);
    const position = (): FilePosition =>
      as === undefined ? yaml.keyAt(path) : yaml.valueAt([...path, 'as']);
    checkName(name, 'a raw column', position, faults);
    const first = taken.get(name);
    if (first !== undefined) {
      faults.add(
        'NJ-CONFIG-NAME-TWICE',
        { name, what: `The column "${column}"`, first: `the column "${first}"` },
        position(),
      );
      return [];
    }
    taken.set(name, column);
    const typePath = typeof written === 'string' ? path : [...path, 'type'];
    const text = typeof written === 'string' ? written : written.type;
    const type = readDeclaredType(text, `the type of "${column}"`, () => yaml.valueAt(typePath), faults);
    if (type === undefined) doubtful.add(name);
    return [{ column, name, type: type ?? standIn }];
  });
}

/** Stands where a type could not be read; such a pipeline is never handed out. */
const standIn: DeclaredType = { text: 'text', raw: 'text', capacity: [Number.POSITIVE_INFINITY] };

/** Reads a declared type or reports that it is none; `at` gives its place. */
export function readDeclaredType(
  text: string,
  place: string,
  at: () => FilePosition,
  faults: FaultList,
): DeclaredType | undefined {
  const type = parseDeclaredType(text);
  if (type === undefined) {
    const nearest = nearestType(text, declaredTypeNames);
    faults.add(
      'NJ-CONFIG-VALUE',
      { place, expected: declaredTypeNames.join(', '), found: `"${text}"`, nearest },
      at(),
    );
  }
  return type;
}

/** The raw columns of a key that is written with the names of the source, as under `columns`, or with the raw ones. */
function readKey(
  written: readonly string[],
  columns: readonly SourceColumn[],
  table: string,
  yaml: YamlFile,
  path: YamlPath,
  faults: FaultList,
): readonly string[] {
  const key: string[] = [];
  for (const [index, name] of written.entries()) {
    const position = (): FilePosition => yaml.valueAt([...path, index]);
    const found =
      columns.find((column) => column.column === name)?.name ??
      columns.find((column) => column.name === name)?.name;
    if (found === undefined) {
      const nearest = nearestName(
        name,
        columns.map((column) => column.column),
      );
      faults.add('NJ-CONFIG-UNKNOWN', { what: 'column', name, place: `in ${table}`, nearest }, position());
    } else if (key.includes(found)) {
      faults.add('NJ-CONFIG-REPEATED', { name, place: 'the key' }, position());
    } else {
      key.push(found);
    }
  }
  return key;
}
