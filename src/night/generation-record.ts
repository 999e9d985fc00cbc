import { digestRecipe } from '../audit/digest.ts';
import type { ExaminedDataset } from '../audit/examine.ts';
import { generationSchemaName } from '../build/candidate.ts';
import { crashPoint } from '../error/crash-point.ts';
import type { ExtractReport } from '../extract/extract.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { shapeColumns, shapeOf } from '../publish/shape.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** Makes a new generation and its schema. */
export async function openGeneration(
  session: Session,
  run: number,
  asOf: string,
  release: string,
): Promise<number> {
  const during = 'the creation of the generation';
  const { number } = await session.one<{ number: number }>(
    during,
    "insert into nightjar.generation (run, as_of, release, state) values ($1, $2, $3, 'building') returning number",
    [run, asOf, release],
  );
  crashPoint('build.generation-recorded');
  await session.query(during, `create schema ${quoteIdentifier(generationSchemaName(number))}`);
  crashPoint('build.generation-made');
  return number;
}

export interface DatasetsRecord {
  readonly generation: number;
  readonly pipeline: Pipeline;
  readonly datasets: readonly ExaminedDataset[];
  readonly extracted: ExtractReport;
}

/** Writes down what an audited candidate holds. */
export async function recordDatasets(session: Session, record: DatasetsRecord): Promise<void> {
  const during = 'the record of the datasets';
  const audited = new Map(record.datasets.map((dataset) => [dataset.name, dataset]));
  for (const { name, contract, readsRaw } of record.pipeline.datasets) {
    const measured = audited.get(name);
    if (measured === undefined) continue;
    const columns = shapeColumns(contract);
    const table = qualified(generationSchemaName(record.generation), name);
    await session.query(
      during,
      `insert into nightjar.dataset
         (generation, name, shape, rows, bytes, digest, digest_recipe, key_columns, columns, repairs,
          read_rows, held_rows, left_out_rows)
       values ($1, $2, $3, $4, pg_total_relation_size(to_regclass($5)), $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        record.generation,
        name,
        shapeOf(columns),
        measured.rows,
        table,
        measured.digest,
        digestRecipe,
        contract.key,
        JSON.stringify(columns),
        JSON.stringify(repairsBehind(readsRaw, record.extracted)),
        measured.read,
        measured.held,
        measured.leftOut + measured.erased,
      ],
    );
    crashPoint('audit.dataset-recorded');
  }
  await session.query(during, "update nightjar.generation set state = 'audited' where number = $1", [
    record.generation,
  ]);
  crashPoint('audit.recorded');
}

function repairsBehind(tables: readonly string[], extracted: ExtractReport): readonly object[] {
  return extracted.connections
    .flatMap((connection) => connection.tables)
    .filter((table) => tables.includes(table.name))
    .flatMap((table) => table.repairs.map((repair) => ({ table: table.name, ...repair })));
}
