import { generationSchemaName } from '../build/candidate.ts';
import { digestSql } from '../audit/digest.ts';
import { quoteIdentifier, quoteLiteral, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';
import { storeSchema } from './store.ts';

const during = 'the striking out of a key';

export interface Erasure {
  readonly dataset: string;
  readonly key: Readonly<Record<string, unknown>>;
  /** As judgements name it. */
  readonly printed: string;
  readonly reason: string;
  /** The holder of the personal token that was used. */
  readonly person: string;
}

/** A generation that is still there and holds the key. */
export interface GenerationWithKey {
  readonly generation: number;
  readonly columns: readonly string[];
}

/** The generations kept, the held candidate among them, that hold a key of a dataset. */
export async function generationsWithKey(
  session: Session,
  { dataset, key }: Pick<Erasure, 'dataset' | 'key'>,
): Promise<readonly GenerationWithKey[]> {
  const kept = await session.query<{ generation: number; columns: { name: string }[]; keyColumns: string[] }>(
    during,
    `select d.generation, d.columns, d.key_columns as "keyColumns"
       from nightjar.dataset d join nightjar.generation g on g.number = d.generation
      where d.name = $1 and g.state in ('published', 'held', 'audited') order by d.generation`,
    [dataset],
  );
  const names = Object.keys(key).sort().join('\n');
  const found: GenerationWithKey[] = [];
  for (const { generation, columns, keyColumns } of kept) {
    if (keyColumns.toSorted().join('\n') !== names) continue;
    const rows = await session.query(
      during,
      `select from ${qualified(generationSchemaName(generation), dataset)} t where ${hasKey(key)}`,
      [JSON.stringify(key)],
    );
    if (rows.length > 0) found.push({ generation, columns: columns.map((column) => column.name) });
  }
  return found;
}

/**
 * Strikes a key out: it goes from every generation kept, so that no way back leads to it, enters none any more, and is named
 * in no list. What it was and who struck it out is kept. Throws NJ-PUBLISH-FENCED.
 *
 * @returns the generations that held it, and since when it was struck out already.
 */
export async function strikeOut(
  session: Session,
  fence: number,
  erasure: Erasure,
): Promise<{ readonly generations: readonly number[]; readonly already: Date | undefined }> {
  const { dataset, key, printed, reason, person } = erasure;
  const json = JSON.stringify(key);
  return fencedTransaction(session, during, fence, async () => {
    const already = await struckOutSince(session, erasure);
    await session.query(
      during,
      'insert into nightjar.erasure (dataset, key, reason, person) values ($1, $2::jsonb, $3, $4) on conflict do nothing',
      [dataset, json, reason, person],
    );
    const holding = await generationsWithKey(session, erasure);
    for (const { generation, columns } of holding) {
      // The digest is a sum over the rows, so what goes can be taken from it.
      await session.query(
        during,
        `with gone as (
           delete from ${qualified(generationSchemaName(generation), dataset)} t where ${hasKey(key)} returning t.*
         ), sums as (select count(*) as rows, ${digestSql(columns)}::numeric as digest from gone)
         update nightjar.dataset d
            set rows = d.rows - s.rows, left_out_rows = d.left_out_rows + s.rows, digest = (d.digest::numeric - s.digest)::text
           from sums s where d.generation = ${generation} and d.name = ${quoteLiteral(dataset)}`,
        [json],
      );
      await forgetStatistics(session, generation, dataset);
    }
    for (const list of ['held_row', 'departure', 'data_fault']) {
      await session.query(during, `delete from nightjar.${list} where dataset = $1 and key = $2::jsonb`, [
        dataset,
        json,
      ]);
    }
    await session.query(
      during,
      'update nightjar.judgement set sample = array_remove(sample, $2) where dataset = $1 and $2 = any(sample)',
      [dataset, printed],
    );
    return { generations: holding.map(({ generation }) => generation), already };
  });
}

/** The planner's statistics hold samples of what the rows held. */
async function forgetStatistics(session: Session, generation: number, dataset: string): Promise<void> {
  await session.query(during, `analyze ${qualified(generationSchemaName(generation), dataset)}`);
  // Of a partitioned table none are gathered unless somebody asks for them.
  const asked = await session.query<{ name: string }>(
    during,
    `select t.name from nightjar.store_table t where t.dataset = $1 and exists (
       select from pg_stats s where s.schemaname = $2 and s.tablename = t.name)`,
    [dataset, storeSchema],
  );
  for (const { name } of asked) await session.query(during, `analyze ${qualified(storeSchema, name)}`);
}

/** When a key was struck out; `undefined` where it was not. */
export async function struckOutSince(
  session: Session,
  { dataset, key }: Pick<Erasure, 'dataset' | 'key'>,
): Promise<Date | undefined> {
  const [found] = await session.query<{ at: Date }>(
    during,
    'select at from nightjar.erasure where dataset = $1 and key = $2::jsonb',
    [dataset, JSON.stringify(key)],
  );
  return found?.at;
}

/** SQL that is true for the row of a key, given as the parameter $1 in JSON. */
function hasKey(key: Erasure['key']): string {
  return Object.keys(key)
    .map((column) => `to_jsonb(t.${quoteIdentifier(column)}) = $1::jsonb -> ${quoteLiteral(column)}`)
    .join(' and ');
}
