import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { createRawTable, rawColumns, rawSchemaName } from '../extract/raw-schema.ts';
import { contractTypeSql, type ContractType } from '../pipeline/contract-type.ts';
import type { Dataset, Pipeline } from '../pipeline/pipeline.ts';
import { textPositions } from '../pipeline/text-positions.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import { generationSchemaName } from './candidate.ts';
import { proveConditions } from './prove-conditions.ts';
import { refusalOf } from './refusal.ts';

/** What the server says about a pipeline's SQL, over empty tables. */
export interface Proof {
  readonly faults: readonly NightjarError[];
  /** Raw columns that no dataset uses, as `tcs_person.comments`. */
  readonly unusedColumns: readonly string[];
}

/** Numbers that no run and no generation will ever have. */
const nowhere = { run: 0, generation: 0 };
const during = 'the proof of the datasets';

/**
 * Asks the server itself whether every SELECT is one it takes, and whether it gives the columns and types of its
 * contract: empty raw tables, and each dataset as a view on them, in a transaction that is rolled back. Only the
 * server knows: its grammar is not the parser's of another version.
 *
 * @param before what is to be done first in that transaction.
 */
export async function proveDatasets(
  session: Session,
  pipeline: Pipeline,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<Proof> {
  await session.query(during, 'begin');
  try {
    await before();
    return await prove(session, pipeline);
  } finally {
    await session.query(during, 'rollback');
  }
}

async function prove(session: Session, pipeline: Pipeline): Promise<Proof> {
  const raw = rawSchemaName(nowhere.run);
  const candidate = generationSchemaName(nowhere.generation);
  await session.query(during, `create schema ${quoteIdentifier(raw)}`);
  await session.query(during, `create schema ${quoteIdentifier(candidate)}`);
  for (const table of pipeline.tables)
    await createRawTable(session, raw, table.name, rawColumns(table), 'table');
  for (const seed of pipeline.seeds) await createRawTable(session, raw, seed.name, seed.columns, 'table');
  const path = identifierList([candidate, raw, 'nightjar']);
  await session.query(during, "select set_config('search_path', $1, true)", [path]);

  const faults: NightjarError[] = [];
  for (const dataset of pipeline.datasets) {
    const fault = await proveDataset(session, candidate, dataset);
    if (fault !== undefined) faults.push(fault);
  }
  const paths = { tonight: path, published: identifierList([candidate, 'nightjar']) };
  for (const [ordinal, dataset] of pipeline.datasets.entries()) {
    faults.push(...(await proveConditions(session, dataset, { ...paths, ordinal })));
  }
  return { faults, unusedColumns: faults.length > 0 ? [] : await unusedColumns(session, raw, pipeline) };
}

async function proveDataset(
  session: Session,
  candidate: string,
  dataset: Dataset,
): Promise<NightjarError | undefined> {
  const view = qualified(candidate, dataset.name);
  await session.query(during, 'savepoint before_dataset');
  const before = `create view ${view} as\n`;
  try {
    await session.raw(before + dataset.sql);
  } catch (error) {
    const refusal = refusalOf(error, before, dataset.sql);
    if (refusal === undefined) throw warehouseFault(error, during);
    await standIn(session, view, dataset);
    const { offset, ...said } = refusal;
    const position =
      offset === undefined ? undefined : textPositions(dataset.sqlFile, dataset.sql).at(offset);
    return nightjarError('NJ-CONTRACT-SELECT', { dataset: dataset.name, ...said }, position);
  }
  const found = await session.query<{ name: string; type: string }>(
    during,
    `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
      where a.attrelid = to_regclass($1) and a.attnum > 0 order by a.attnum`,
    [view],
  );
  const difference = describeDifference(dataset, found);
  if (difference === undefined) return undefined;
  await standIn(session, view, dataset);
  return nightjarError('NJ-CONTRACT-COLUMNS', { dataset: dataset.name, difference });
}

/** What its contract says in the place of what its SELECT gives, so that one mistake is not told again of all who read it. */
async function standIn(session: Session, view: string, { contract }: Dataset): Promise<void> {
  await session.query(during, 'rollback to savepoint before_dataset');
  const columns = contract.columns.map(
    ({ name, type }) => `null::${contractTypeSql(type)} as ${quoteIdentifier(name)}`,
  );
  await session.query(during, `create view ${view} as select ${columns.join(', ')}`);
}

/** All that differs, in words; `undefined` where nothing does. */
function describeDifference(
  dataset: Dataset,
  found: readonly { readonly name: string; readonly type: string }[],
): string | undefined {
  const types = new Map(found.map((column) => [column.name, column.type]));
  const declared = new Set(dataset.contract.columns.map((column) => column.name));
  const missing = dataset.contract.columns
    .filter((column) => !types.has(column.name))
    .map((column) => column.name);
  const extra = found.filter((column) => !declared.has(column.name)).map((column) => column.name);
  const retyped = dataset.contract.columns.flatMap((column) => {
    const type = types.get(column.name);
    return type === undefined || accepts(column.type).includes(type)
      ? []
      : [`${column.name} is ${type}, and the contract says ${contractTypeSql(column.type)}`];
  });
  const differences = [
    ...(missing.length > 0 ? [`it lacks ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`it also gives ${extra.join(', ')}`] : []),
    ...retyped,
  ];
  return differences.length === 0 ? undefined : differences.join('; ');
}

/** What a SELECT may give for a contract's type without a silent change of what the value means. */
function accepts(type: ContractType): readonly string[] {
  switch (type.base) {
    // Raw integers are bigint, whatever the source has; a value beyond a narrower type ends the build with an error.
    case 'bigint':
    case 'integer':
    case 'smallint':
      return ['bigint', 'integer', 'smallint'];
    case 'varchar':
    case 'text':
      return ['text', 'character varying'];
    case 'numeric':
      return ['numeric', 'bigint', 'integer', 'smallint'];
    case 'timestamp':
      return ['timestamp without time zone'];
    case 'double precision':
      return ['double precision', 'real'];
    default:
      return [type.base];
  }
}

/** The columns that no view depends on, by the server's own record of dependencies. */
async function unusedColumns(session: Session, raw: string, pipeline: Pipeline): Promise<readonly string[]> {
  const used = await session.query<{ name: string }>(
    during,
    `select distinct c.relname || '.' || a.attname as name
       from pg_depend d join pg_class c on c.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
       join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
      where c.relnamespace = to_regnamespace($1) and d.classid = 'pg_rewrite'::regclass`,
    [quoteIdentifier(raw)],
  );
  const names = new Set(used.map((row) => row.name));
  return pipeline.tables.flatMap((table) =>
    table.columns.map((column) => `${table.name}.${column.name}`).filter((name) => !names.has(name)),
  );
}
