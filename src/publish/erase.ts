import { generationSchemaName } from '../build/candidate.ts';
import { printKeys } from '../build/print-key.ts';
import { digestSql } from '../audit/digest.ts';
import { hasKey, isSameKey } from '../audit/key-text.ts';
import type { Contract } from '../pipeline/contract.ts';
import { quoteLiteral, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';
import { formerKeys, generationsWithKey, type DatasetKey, type Key } from './generations-with-key.ts';
import { storeSchema } from './store.ts';

const during = 'the striking out of a key';

export interface Erasure extends DatasetKey {
  /** As judgements name it. */
  readonly printed: string;
  readonly reason: string;
  /** The holder of the personal token that was used. */
  readonly person: string;
}

/**
 * Strikes a key out: it goes from every generation kept, so that no way back leads to it, enters none any more, and is named
 * in no list. What it was and who struck it out is kept. Whoever calls it holds the lease: nobody else changes a generation.
 * Throws NJ-PUBLISH-FENCED, NJ-PUBLISH-OTHER-KEY.
 *
 * @returns the generations that held it, and since when it was struck out already.
 */
export async function strikeOut(
  session: Session,
  fence: number,
  erasure: Erasure,
  contract: Pick<Contract, 'columns' | 'keyWas'>,
): Promise<{ readonly generations: readonly number[]; readonly already: Date | undefined }> {
  const { dataset, key, printed, reason, person } = erasure;
  const json = JSON.stringify(key);
  const holding = await generationsWithKey(session, erasure, contract);
  const former = await formerKeys(session, dataset, holding, contract);
  return fencedTransaction(session, during, fence, async () => {
    const already = await struckOutSince(session, erasure);
    await session.query(
      during,
      'insert into nightjar.erasure (dataset, key, reason, person) values ($1, $2::jsonb, $3, $4) on conflict do nothing',
      [dataset, json, reason, person],
    );
    for (const { generation, columns, key: itsKey } of holding) {
      // The digest is a sum over the rows, so what goes can be taken from it.
      await session.query(
        during,
        `with gone as (
           delete from ${qualified(generationSchemaName(generation), dataset)} t
            where ${hasKey('t', Object.keys(itsKey), '$1::jsonb')} returning t.*
         ), sums as (select count(*) as rows, ${digestSql(columns)}::numeric as digest from gone)
         update nightjar.dataset d
            set rows = d.rows - s.rows, left_out_rows = d.left_out_rows + s.rows, digest = (d.digest::numeric - s.digest)::text
           from sums s where d.generation = ${generation} and d.name = ${quoteLiteral(dataset)}`,
        [JSON.stringify(itsKey)],
      );
      await forgetStatistics(session, generation, dataset);
    }
    await leaveLists(session, dataset, key, printed);
    for (const { key: its, columns } of former)
      await leaveLists(session, dataset, its, printKeys([its], columns).join(''));
    return { generations: holding.map(({ generation }) => generation), already };
  });
}

async function leaveLists(session: Session, dataset: string, key: Key, printed: string): Promise<void> {
  for (const list of ['held_row', 'departure', 'data_fault']) {
    await session.query(
      during,
      `delete from nightjar.${list} where dataset = $1 and ${isSameKey('key', Object.keys(key), '$2::jsonb')}`,
      [dataset, JSON.stringify(key)],
    );
  }
  await session.query(
    during,
    'update nightjar.judgement set sample = array_remove(sample, $2) where dataset = $1 and $2 = any(sample)',
    [dataset, printed],
  );
}

/** The planner's statistics hold samples of what the rows held. */
async function forgetStatistics(session: Session, generation: number, dataset: string): Promise<void> {
  await session.query(during, `analyze ${qualified(generationSchemaName(generation), dataset)}`);
  // Of a partitioned table none are gathered unless somebody asks for them. Only its count tells: pg_stats hides, even from an
  // owner, what a policy of rows is about.
  const asked = await session.query<{ name: string }>(
    during,
    `select t.name from nightjar.store_table t join pg_class c on c.relname = t.name and c.relnamespace = $2::regnamespace
      where t.dataset = $1 and c.reltuples >= 0`,
    [dataset, storeSchema],
  );
  for (const { name } of asked) await session.query(during, `analyze ${qualified(storeSchema, name)}`);
}

/** When a key was struck out; `undefined` where it was not. */
export async function struckOutSince(
  session: Session,
  { dataset, key }: DatasetKey,
): Promise<Date | undefined> {
  const [found] = await session.query<{ at: Date }>(
    during,
    'select at from nightjar.erasure where dataset = $1 and key = $2::jsonb',
    [dataset, JSON.stringify(key)],
  );
  return found?.at;
}
