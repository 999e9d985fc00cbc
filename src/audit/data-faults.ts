import { generationSchemaName } from '../build/candidate.ts';
import type { BuildScope } from '../build/build-session.ts';
import { rawSchemaName, repairedColumn } from '../extract/raw-schema.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { sqlOver } from './sql-over.ts';
import { struckOutOf, type StruckOut } from './struck-out.ts';

/** How many rows of one fault are listed; all are counted. */
const listed = 10_000;

export interface DataFaultRequest {
  /** A connection of `openBuildSession`. */
  readonly session: Session;
  readonly scope: BuildScope;
  readonly dataset: Dataset;
  /** The datasets of the pipeline by name: those that this one may refer to. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Raw tables of which some cell was repaired. */
  readonly repaired: ReadonlySet<string>;
  /** The generation that was published before; its faults say since when. */
  readonly before: number | undefined;
}

/**
 * Lists what is wrong with a dataset's rows, for those who can mend it: held rows, references that lead nowhere, repaired
 * cells, and what its contract declares.
 */
export async function recordDataFaults(request: DataFaultRequest): Promise<void> {
  const { session, scope, dataset, before } = request;
  const during = `the list of faults of dataset ${dataset.name}`;
  const struckOut = await struckOutOf(session, dataset);
  for (const select of faultSelects(request, struckOut)) {
    await session.query(
      during,
      `with found as (${select}),
            counted as (
              insert into nightjar.data_fault_count (generation, dataset, fault, rows)
              select $1, $2, fault, count(distinct key) from found group by fault)
       insert into nightjar.data_fault (generation, dataset, fault, key, office, since)
       select $1, $2, f.fault, f.key, f.office,
              coalesce((select b.since from nightjar.data_fault b where b.generation = $3 and b.dataset = $2
                           and b.fault = f.fault and b.key = f.key), $4::date)
         from (select distinct on (fault, key) fault, key, office,
                      dense_rank() over (partition by fault order by key) as place from found) f
        where f.place <= ${listed}`,
      [scope.generation, dataset.name, before ?? null, scope.asOf],
    );
  }
}

/**
 * SELECTs that give `fault`, `key` and `office`.
 *
 * @param struckOut perhaps since the candidate was built: such a row is still in the raw tables.
 */
function faultSelects(request: DataFaultRequest, struckOut: StruckOut): readonly string[] {
  const { scope, dataset, datasets, repaired } = request;
  const { name, contract } = dataset;
  const row = quoteIdentifier(name);
  const table = `${qualified(generationSchemaName(scope.generation), name)} as ${row}`;
  const key = keyJson(contract.key, row);
  const office = contract.office === undefined ? 'null::text' : `(${contract.office})::text`;
  const matches = contract.key.map(
    (column) => `h.key -> ${quoteLiteral(column)} = to_jsonb(${row}.${quoteIdentifier(column)})`,
  );
  const named = struckOut.sql === undefined ? '' : ` where not ${struckOut.sql}`;
  // Of a row that was left out nothing is there that an office could be told by.
  const whereThere = `case when ${row}.${quoteIdentifier(contract.key[0] ?? '')} is not null then ${office} end`;
  return [
    `select case h.outcome when 'held' then 'held:' else 'left out:' end || rule as fault, h.key, ${whereThere} as office
       from nightjar.held_row h cross join unnest(h.rules) rule left join ${table} on ${matches.join(' and ')}
      where h.generation = ${scope.generation} and h.dataset = ${quoteLiteral(name)}`,
    ...contract.faults.map(
      (fault) =>
        `select ${quoteLiteral(fault.name)}::text as fault, ${key} as key, ${office} as office from ${table} where (${fault.sql})`,
    ),
    ...contract.references.flatMap((reference) => {
      const parentKey = datasets.get(reference.dataset)?.contract.key ?? [];
      if (parentKey.length !== reference.columns.length) return [];
      const columns = reference.columns.map((column) => `${row}.${quoteIdentifier(column)}`);
      const parent = qualified(generationSchemaName(scope.generation), reference.dataset);
      const equal = parentKey.map(
        (column, index) => `p.${quoteIdentifier(column)} = ${columns[index] ?? ''}`,
      );
      return [
        `select ${quoteLiteral(`orphan:${reference.name}`)}::text as fault, ${key} as key, ${office} as office from ${table}
          where ${columns.map((column) => `${column} is not null`).join(' and ')}
            and not exists (select from ${parent} p where ${equal.join(' and ')})`,
      ];
    }),
    ...contract.driving
      .filter((driving) => repaired.has(driving.table))
      .map((driving) => repairedSql(request, driving.table, office) + named),
    ...dataset.readsRaw
      .filter((raw) => repaired.has(raw) && !drives(raw, datasets))
      .map((raw) => repairedBesideSql(request, raw, office) + named),
  ];
}

/** Whether the rows of a raw table are those of some dataset: what was repaired in it is listed there, and there alone. */
function drives(raw: string, datasets: DataFaultRequest['datasets']): boolean {
  return datasets.values().some(({ contract }) => contract.driving.some(({ table }) => table === raw));
}

/**
 * The rows that a dataset's SELECT makes of those of a driving table that were repaired; one with several repaired cells
 * shows once; which cells of it were repaired, `nightjar_repaired` said.
 */
function repairedSql({ scope, dataset }: DataFaultRequest, raw: string, office: string): string {
  const row = quoteIdentifier(dataset.name);
  const repaired = sqlOver(
    dataset,
    raw,
    `select * from ${qualified(rawSchemaName(scope.run), raw)} where ${repairedColumn} is not null`,
  );
  return (
    `select ${quoteLiteral(`repaired:${raw}`)}::text as fault, ${keyJson(dataset.contract.key, row)} as key, ${office} as office ` +
    `from (${repaired}) as ${row}`
  );
}

/**
 * The rows of a dataset into which repaired rows of a table went that it only joins: those that its SELECT would give otherwise,
 * or not at all, without them.
 */
function repairedBesideSql({ scope, dataset }: DataFaultRequest, raw: string, office: string): string {
  const row = quoteIdentifier(dataset.name);
  const unrepaired = `select * from ${qualified(rawSchemaName(scope.run), raw)} where ${repairedColumn} is null`;
  const { key } = dataset.contract;
  const equal = key.map((column) => `w.${quoteIdentifier(column)} = s.${quoteIdentifier(column)}`);
  // As text: a record that holds a JSON has no equality.
  const other =
    `select s.* from (\n${dataset.sql}\n) s left join (${sqlOver(dataset, raw, unrepaired)}) w ` +
    `on ${equal.join(' and ')} where s::text is distinct from w::text`;
  return (
    `select ${quoteLiteral(`repaired:${raw}`)}::text as fault, ${keyJson(key, row)} as key, ${office} as office ` +
    `from (${other}) as ${row}`
  );
}

function keyJson(key: readonly string[], row: string): string {
  const pairs = key.map((column) => `${quoteLiteral(column)}, ${row}.${quoteIdentifier(column)}`);
  return `jsonb_build_object(${pairs.join(', ')})`;
}
