import type { QueryResultRow } from 'pg';
import { generationSchemaName } from '../build/candidate.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { generationDatasets, sameKey, type GenerationDataset } from '../audit/generation-datasets.ts';

/** How a dataset differs between two generations, by key. */
export interface DatasetDiff {
  readonly dataset: string;
  readonly entered: number;
  readonly left: number;
  readonly changed: number;
}

export type DiffKind = 'entered' | 'left' | 'changed';

/** One key that differs. */
export interface KeyDiff extends QueryResultRow {
  readonly dataset: string;
  readonly kind: DiffKind;
  readonly key: Readonly<Record<string, unknown>>;
}

/** Counts, for each dataset, the keys that entered, left or changed from one generation to the other. */
export async function diffGenerations(
  session: Session,
  from: number,
  to: number,
): Promise<readonly DatasetDiff[]> {
  const before = new Map((await generationDatasets(session, from)).map((one) => [one.name, one]));
  const after = new Map((await generationDatasets(session, to)).map((one) => [one.name, one]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const diffs: DatasetDiff[] = [];
  for (const dataset of names) {
    diffs.push(await diffDataset(session, dataset, { from, to }, before.get(dataset), after.get(dataset)));
  }
  return diffs;
}

async function diffDataset(
  session: Session,
  dataset: string,
  pair: { from: number; to: number },
  before: GenerationDataset | undefined,
  after: GenerationDataset | undefined,
): Promise<DatasetDiff> {
  if (before === undefined) return { dataset, entered: after?.rows ?? 0, left: 0, changed: 0 };
  if (after === undefined) return { dataset, entered: 0, left: before.rows, changed: 0 };
  // Equal digests by one recipe over one shape: nothing to look for.
  if (before.shape === after.shape && before.digest === after.digest && before.rows === after.rows) {
    return { dataset, entered: 0, left: 0, changed: 0 };
  }
  if (!sameKey(before, after)) return { dataset, entered: after.rows, left: before.rows, changed: 0 };
  return session.one<{ dataset: string; entered: number; left: number; changed: number }>(
    `the difference of dataset ${dataset}`,
    `select $1::text as dataset,
            count(*) filter (where kind = 'entered')::int as entered,
            count(*) filter (where kind = 'left')::int as left,
            count(*) filter (where kind = 'changed')::int as changed
       from (${differencesSql(dataset, pair, before, after)}) d`,
    [dataset],
  );
}

/**
 * The keys of a dataset that differ, in order. Where keys cannot be compared (the dataset is new or gone, or
 * its key is another one), all of the former generation's have left and all of the other's have entered.
 */
export async function* diffKeys(
  session: Session,
  dataset: string,
  pair: { from: number; to: number },
): AsyncGenerator<KeyDiff, void, void> {
  const before = (await generationDatasets(session, pair.from)).find((one) => one.name === dataset);
  const after = (await generationDatasets(session, pair.to)).find((one) => one.name === dataset);
  const selects =
    before !== undefined && after !== undefined && sameKey(before, after)
      ? [`select kind, key from (${differencesSql(dataset, pair, before, after)}) d`]
      : [
          ...(before === undefined ? [] : [allKeysSql('left', pair.from, before)]),
          ...(after === undefined ? [] : [allKeysSql('entered', pair.to, after)]),
        ];
  for (const select of selects) {
    const rows = session.rows<KeyDiff>(
      `the difference of dataset ${dataset}`,
      `select ${quoteLiteral(dataset)} as dataset, kind, key from (${select}) k order by key`,
    );
    for await (const row of rows) {
      // The server's JSON has the short names first.
      const names = (row.kind === 'left' ? before : after)?.key ?? [];
      yield { ...row, key: Object.fromEntries(names.map((name) => [name, row.key[name]])) };
    }
  }
}

function allKeysSql(kind: DiffKind, generation: number, { name, key }: GenerationDataset): string {
  const pairs = key.map((column) => `${quoteLiteral(column)}, ${quoteIdentifier(column)}`).join(', ');
  return `select ${quoteLiteral(kind)} as kind, jsonb_build_object(${pairs}) as key from ${qualified(generationSchemaName(generation), name)}`;
}

/**
 * A full join over the key. Keys are never null (they are primary keys), so `=` compares them; rows are compared as
 * records, over the columns that both shapes have.
 */
function differencesSql(
  dataset: string,
  pair: { from: number; to: number },
  before: GenerationDataset,
  after: GenerationDataset,
): string {
  const { key } = after;
  const shared = after.columns.filter((column) =>
    before.columns.some((other) => other.name === column.name && other.type === column.type),
  );
  const row = (alias: string): string =>
    `row(${shared.map((column) => `${alias}.${quoteIdentifier(column.name)}`).join(', ')})`;
  const on = key.map((name) => `b.${quoteIdentifier(name)} = a.${quoteIdentifier(name)}`).join(' and ');
  const first = quoteIdentifier(key[0] ?? '');
  const keyJson = key.map(
    (name) => `${quoteLiteral(name)}, coalesce(a.${quoteIdentifier(name)}, b.${quoteIdentifier(name)})`,
  );
  return (
    `select case when b.${first} is null then 'entered' when a.${first} is null then 'left' else 'changed' end as kind, ` +
    `jsonb_build_object(${keyJson.join(', ')}) as key ` +
    `from ${qualified(generationSchemaName(pair.from), dataset)} b ` +
    `full join ${qualified(generationSchemaName(pair.to), dataset)} a on ${on} ` +
    `where b.${first} is null or a.${first} is null or ${row('b')} is distinct from ${row('a')}`
  );
}
