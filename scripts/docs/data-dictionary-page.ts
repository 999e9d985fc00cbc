import { contractTypeSql } from '../../src/pipeline/contract-type.ts';
import type { Contract } from '../../src/pipeline/contract.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import type { Dataset } from '../../src/pipeline/pipeline.ts';
import { code, generatedFrom, markdownTable } from './markdown.ts';

export interface DictionaryRequest {
  /** The pipeline's folder, as a reader of the page would write it. */
  readonly folder: string;
  readonly datasets: readonly Dataset[];
  /** Of the example deployment: they say who reads what. */
  readonly environments: readonly Environment[];
}

/** `docs/reference/data-dictionary.md` */
export function dataDictionaryPage({ folder, datasets, environments }: DictionaryRequest): string {
  const sorted = [...datasets].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const lines = [
    ...generatedFrom(`the contracts in \`${folder}\` and \`nightjar.yaml\``),
    '# Data dictionary',
    '',
    `The ${sorted.length} datasets of the pipeline \`${folder}\`. Each is a view in the schema that its environment names, beside`,
    'the views [`generation`, `dataset`, `held` and `change`](../how-to/read-the-warehouse.md#the-control-views). The descriptions',
    'are also the COMMENT of each view and column.',
    '',
    '*Presence*: a required column is never null; an expected one may be, and ought not; an optional one may be.',
    '*Privacy*: personal tells who someone is or about them; special is special category data. *Read by* is what the example',
    'deployment says; `nightjar data-map` says it of yours.',
    '',
    ...markdownTable(
      ['dataset', 'one row', 'read by'],
      sorted.map((dataset) => [
        `[${dataset.name}](#${dataset.name})`,
        dataset.contract.grain.replace(/^one row /, ''),
        readBy(dataset.name, environments),
      ]),
    ),
    ...sorted.flatMap((dataset) => section(dataset, environments)),
  ];
  return `${lines.join('\n')}\n`;
}

function section({ name, contract }: Dataset, environments: readonly Environment[]): readonly string[] {
  return [
    '',
    `## ${name}`,
    '',
    contract.description,
    '',
    `- Grain: ${contract.grain}`,
    `- Key: ${contract.key.map(code).join(', ')}`,
    ...drivingLine(contract),
    ...contract.rules.map((rule) => `- Rule ${code(rule.name)}: ${rule.description} (${code(rule.sql)})`),
    `- Read by: ${readBy(name, environments)}`,
    '',
    ...markdownTable(
      ['column', 'type', 'presence', 'privacy', 'from', 'description'],
      contract.columns.map((column) => [
        code(column.name),
        contractTypeSql(column.type),
        column.presence,
        column.privacy === 'none' ? '' : column.privacy,
        column.from,
        column.description,
      ]),
    ),
  ];
}

function drivingLine({ driving }: Contract): readonly string[] {
  if (driving.length === 0) return [];
  const tables = driving.map(({ table, where }) =>
    where === undefined ? code(table) : `${code(table)} where ${code(where)}`,
  );
  return [`- As many rows as ${tables.join(' and ')}`];
}

/** The consumers that may read a dataset; where environments differ, by environment. */
function readBy(dataset: string, environments: readonly Environment[]): string {
  const lists = environments.map((environment) => ({
    environment: environment.name,
    consumers:
      environment.consumers
        .filter((consumer) => consumer.reads.includes(dataset))
        .map((consumer) => consumer.name)
        .join(', ') || 'nobody',
  }));
  const [first] = lists;
  if (first !== undefined && lists.every((list) => list.consumers === first.consumers))
    return first.consumers;
  return lists.map((list) => `${list.environment}: ${list.consumers}`).join('; ');
}
