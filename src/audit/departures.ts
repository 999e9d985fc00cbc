import { generationSchemaName } from '../build/candidate.ts';
import { buildPath, type BuildScope } from '../build/build-session.ts';
import { workTable } from '../build/work-table.ts';
import { departedName } from '../pipeline/check-guards.ts';
import type { DepartureReason } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { formerColumn, formerKey, withFormerKey, type FormerKey } from './former-key.ts';
import type { GenerationDataset } from './generation-datasets.ts';
import type { Judgement } from './judgement.ts';
import { repeatedFormerKeys, type RepeatedFormerKeys } from './repeated-former-keys.ts';
import { withPath } from './with-path.ts';

/** Keys of one dataset that left, by what explains it. */
export interface DepartureCount {
  readonly kind: 'foretold' | 'evidence' | null;
  /** In words; null where nothing explains it. */
  readonly reason: string | null;
  /** Whether the source still has it; null where the contract does not say how to tell. */
  readonly inSource: boolean | null;
  readonly rows: number;
}

/** What left, by key. */
export interface ComparedDepartures {
  readonly kind: 'compared';
  /** The generation that had the rows, and the dataset as it was there. */
  readonly published: number;
  readonly before: GenerationDataset;
  /** How the key that they had follows from today's rows. */
  readonly former: FormerKey;
  readonly counts: readonly DepartureCount[];
  /** The table of the rows that left, as they were published, qualified; `undefined` where none did. */
  readonly table: string | undefined;
  /** Where the key is another one. */
  readonly repeated: RepeatedFormerKeys | undefined;
}

/**
 * - `incomparable`: the key is another one, and the contract does not say how the former follows from a new row;
 * - `unread`: what left could not be read, as the judgement says.
 */
export type DatasetDepartures =
  | ComparedDepartures
  | { readonly kind: 'incomparable' }
  | { readonly kind: 'unread'; readonly judgement: Judgement };

export interface DepartureRequest {
  readonly session: Session;
  readonly scope: BuildScope;
  readonly published: number;
  readonly dataset: Dataset;
  readonly before: GenerationDataset;
  readonly after: GenerationDataset;
  /** The dataset's place in the pipeline: names the table of what left. */
  readonly ordinal: number;
}

/**
 * Finds the keys of a dataset that are published and not in the candidate, explains them as its contract says, and writes
 * them down (`nightjar.departure`). The rows themselves stand in a table beside the run's raw tables, and go with them.
 */
export async function findDepartures(request: DepartureRequest): Promise<DatasetDepartures> {
  const { session, scope, published, dataset, before, after, ordinal } = request;
  const key = formerKey(dataset, before);
  if (key === undefined) return { kind: 'incomparable' };
  const compared = { kind: 'compared', published, before, former: key } as const;
  // Equal digests of one shape by one recipe: the same rows, and so the same keys.
  if (before.shape === after.shape && before.digest === after.digest && before.rows === after.rows)
    return { ...compared, counts: [], table: undefined, repeated: undefined };
  const during = `the search for what left dataset ${dataset.name}`;
  const table = workTable(scope.run, 'departed', ordinal);
  const candidate = qualified(generationSchemaName(scope.generation), dataset.name);
  const equal = key.columns.map(({ name }, place) => `c.${formerColumn(place)} = b.${quoteIdentifier(name)}`);
  await session.query(
    during,
    `create unlogged table ${table} as
       select b.*, null::text as nightjar_kind, null::text as nightjar_reason, null::boolean as nightjar_in_source
         from ${qualified(generationSchemaName(published), dataset.name)} b
        where not exists (select from ${withFormerKey(dataset.name, candidate, key.columns, 'c')}
                           where ${equal.join(' and ')})`,
  );
  await session.query(during, `analyze ${table}`);
  await explain(request, table);
  const counts = await session.query<{
    kind: 'foretold' | 'evidence' | null;
    reason: string | null;
    inSource: boolean | null;
    rows: number;
  }>(
    during,
    `select nightjar_kind as kind, nightjar_reason as reason, nightjar_in_source as "inSource", count(*) as rows
       from ${table} group by 1, 2, 3 order by 4 desc, 1, 2, 3`,
  );
  const repeated = key.isUnchanged
    ? undefined
    : await repeatedFormerKeys(session, scope.generation, dataset.name, key.columns);
  if (counts.length === 0) return { ...compared, counts, table: undefined, repeated };
  const keyJson = before.key.map((name) => `${quoteLiteral(name)}, ${quoteIdentifier(name)}`).join(', ');
  await session.query(
    during,
    `insert into nightjar.departure (generation, dataset, key, kind, reason, in_source)
     select $1, $2, jsonb_build_object(${keyJson}), nightjar_kind, nightjar_reason, nightjar_in_source from ${table}`,
    [scope.generation, dataset.name],
  );
  return { ...compared, counts, table, repeated };
}

/**
 * What the published rows foretold is asked where only they can be seen, with the date of the new night; evidence where
 * tonight's raw tables can. The first reason that holds is the one that counts.
 */
async function explain(
  { session, scope, published, dataset }: DepartureRequest,
  table: string,
): Promise<void> {
  const { foretold, evidence, inSource } = dataset.contract.departures;
  const during = `the explanation of what left dataset ${dataset.name}`;
  const yesterday = identifierList([generationSchemaName(published), 'nightjar']);
  const as = quoteIdentifier(departedName);
  const mark = async (kind: string, reasons: readonly DepartureReason[]): Promise<void> => {
    for (const { sql, reason } of reasons) {
      await session.query(
        during,
        `update ${table} as ${as} set nightjar_kind = $1, nightjar_reason = $2
          where ${as}.nightjar_reason is null and (${sql})`,
        [kind, reason],
      );
    }
  };
  await withPath(session, { within: yesterday, after: buildPath(scope) }, () => mark('foretold', foretold));
  await mark('evidence', evidence);
  if (inSource !== undefined)
    await session.query(
      during,
      `update ${table} as ${as} set nightjar_in_source = coalesce((${inSource}), false)`,
    );
}
