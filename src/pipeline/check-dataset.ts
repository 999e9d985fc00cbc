import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import type { KnownNames } from './known-names.ts';
import { nearestName } from './nearest-name.ts';
import type { PipelineText } from './pipeline-files.ts';
import type { ContractDraft } from './read-contract.ts';
import { checkSelect } from './sql/check-select.ts';
import { parseSql, throughTree } from './sql/parse-sql.ts';
import type { OutputColumn } from './sql/relation.ts';
import { oneSelect } from './sql/select-statement.ts';
import { sqlOfFile, type SqlText } from './sql/sql-text.ts';

/** A dataset's SELECT, checked. */
export interface CheckedDataset {
  readonly sql: string;
  /** Raw tables, seeds and datasets that it names, and where it first does. */
  readonly reads: ReadonlyMap<string, FilePosition>;
  /** By column: those of raw tables, seeds and datasets of which the values are in it. */
  readonly origins: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Parses and checks a dataset's SELECT, once; compares what it gives with the contract. */
export function checkDataset(
  dataset: string,
  body: PipelineText,
  draft: ContractDraft | undefined,
  known: KnownNames,
  faults: FaultList,
): CheckedDataset | undefined {
  if (body.text === undefined) return undefined;
  const sql = sqlOfFile(body.file, body.text);
  const statements = parseSql(sql, faults);
  const statement = statements === undefined ? undefined : oneSelect(statements, sql, faults);
  if (statement === undefined) return undefined;
  const checked = throughTree(sql, faults, () => checkSelect(statement, sql, known, faults));
  if (checked === undefined) return undefined;
  const { output, tables } = checked;
  if (output.columns !== undefined) {
    checkNames(output.columns, sql, faults);
    if (draft !== undefined && draft.doubtful !== 'all')
      compareColumns(dataset, output.columns, sql, draft, faults);
  }
  return {
    sql: statement.text,
    reads: new Map([...tables].map(([name, place]) => [name, sql.atByte(place)])),
    origins: new Map((output.columns ?? []).map((column) => [column.name, column.origins])),
  };
}

function checkNames(columns: readonly OutputColumn[], sql: SqlText, faults: FaultList): void {
  const seen = new Set<string>();
  for (const [index, column] of columns.entries()) {
    const position = sql.atByte(column.place);
    if (column.name === '?column?') faults.add('NJ-CONFIG-SQL-UNNAMED', { ordinal: index + 1 }, position);
    else if (seen.has(column.name))
      faults.add('NJ-CONFIG-REPEATED', { name: column.name, place: 'the SELECT' }, position);
    seen.add(column.name);
  }
}

function compareColumns(
  dataset: string,
  columns: readonly OutputColumn[],
  sql: SqlText,
  { contract, yaml }: ContractDraft,
  faults: FaultList,
): void {
  const given = new Set(columns.map((column) => column.name));
  const declared = new Set(contract.columns.map((column) => column.name));
  const extra = columns.filter((column) => !declared.has(column.name) && column.name !== '?column?');
  const missing = contract.columns.filter((column) => !given.has(column.name)).map((column) => column.name);
  for (const column of extra) {
    const nearest = nearestName(column.name, missing);
    faults.add(
      'NJ-CONFIG-COLUMN-UNCONTRACTED',
      { column: column.name, dataset, nearest },
      sql.atByte(column.place),
    );
  }
  for (const column of missing) {
    const nearest = nearestName(
      column,
      extra.map((one) => one.name),
    );
    faults.add('NJ-CONFIG-COLUMN-UNSELECTED', { column, dataset, nearest }, yaml.keyAt(['columns', column]));
  }
}
