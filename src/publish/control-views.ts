import { despiteReaders } from '../warehouse/despite-readers.ts';
import { qualified, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { changeSelect, comparison, comparisonSql, type StoredDataset } from './change-view.ts';
import { fencedTransaction } from './fenced.ts';
import { importRoutines, importRoutineSql } from './import-routines.ts';

/** Views beside the datasets, which every consumer may read; a dataset cannot have these names. */
export const controlViews: ReadonlySet<string> = new Set(['generation', 'dataset', 'held', 'change']);

/** What the views call. */
export const viewFunctions: readonly string[] = [
  'nightjar.reading(text)',
  'nightjar.consumer_looking()',
  'nightjar.changed_since(text)',
  'nightjar.waiting_for_me()',
];

const during = 'the control views';

/**
 * `generation`: the one generation that this session reads. `dataset`: the datasets of it that the role asking may
 * read. `held`: which of their rows are not as read tonight. `change`: what of them changed since its last receipt. They filter like the datasets' own views, so they can
 * never tell of another generation than the data; and before any condition of the reader's, whose error message could
 * otherwise tell of a row that is not its own. Beside them the consumers' own word: `begin_import()`, `acknowledge()`.
 */
export async function ensureControlViews(
  session: Session,
  schema: string,
  stored: readonly StoredDataset[],
  fence: number,
): Promise<void> {
  const [known] = await session.query<{ signature: string }>(
    during,
    `select signature from nightjar.view where dataset = 'generation'
        and not exists (select from unnest($1::text[]) v where to_regclass(v) is null)
        and not exists (select from unnest($2::text[]) r where to_regprocedure(r) is null)`,
    [
      [...controlViews]
        .filter((view) => view !== 'change' || stored.length > 0)
        .map((view) => qualified(schema, view)),
      importRoutines(schema),
    ],
  );
  const definitions = [...definitionsFor(schema, stored), ...importRoutineSql(schema)];
  const signature = definitions.join('\n');
  if (known?.signature === signature) return;
  await despiteReaders(session, `the control views of ${schema}`, () =>
    fencedTransaction(session, during, fence, async () => {
      await session.query(during, "set local lock_timeout = '300ms'");
      for (const sql of definitions) await session.query(during, sql);
      await session.query(
        during,
        `insert into nightjar.view (dataset, signature) values ('generation', $1)
       on conflict (dataset) do update set signature = excluded.signature`,
        [signature],
      );
    }),
  );
}

function definitionsFor(schema: string, stored: readonly StoredDataset[]): readonly string[] {
  const generation = qualified(schema, 'generation');
  const dataset = qualified(schema, 'dataset');
  const held = qualified(schema, 'held');
  const change = qualified(schema, 'change');
  return [
    `create or replace view ${generation} with (security_barrier) as
      select g.number as generation, g.identity, g.as_of, g.release, g.published_at, r.started_at as run_started_at,
             (select jsonb_object_agg(s.connection, jsonb_build_object('taken_at', s.taken_at, 'position', s.position))
                from nightjar.snapshot s where s.run = g.run) as snapshots,
             r.skew_seconds as snapshot_skew_seconds,
             (select min(s.taken_at - make_interval(secs => s.clock_ahead_ms / 1000.0))
                from nightjar.snapshot s where s.run = g.run) as fresh_as_of,
             w.generation as waiting_generation, w.until as waits_until, w.why as waits_for,
             c.generation as receipt_generation, c.at as receipt_at
        from nightjar.generation g join nightjar.run r on r.number = g.run
        left join lateral (
          select w.generation, w.until, w.why from nightjar.waiting_for_me() w) w on true
        left join lateral (
          select c.generation, c.at from nightjar.receipt c
           where c.consumer = (select nightjar.consumer_looking()) order by c.number desc limit 1) c on true
       where g.number = (select nightjar.reading(null))`,
    `comment on view ${generation} is 'The one generation that this session reads.'`,
    `create or replace view ${dataset} with (security_barrier) as
      select d.name as dataset, d.generation, d.rows, d.bytes, d.digest, d.digest_recipe, d.key_columns, d.repairs,
             d.read_rows, d.left_out_rows, d.held_rows
        from nightjar.dataset d
       where d.generation = (select nightjar.reading(null))
         and has_table_privilege(to_regclass(format('%I.%I', ${quoteLiteral(schema)}, d.name)), 'select')`,
    `comment on view ${dataset} is 'The datasets of that generation which this role may read.'`,
    `create or replace view ${held} with (security_barrier) as
      select h.dataset, h.key, h.rules, h.since, h.outcome
        from nightjar.held_row h
       where h.generation = (select nightjar.reading(null))
         and has_table_privilege(to_regclass(format('%I.%I', ${quoteLiteral(schema)}, h.dataset)), 'select')`,
    `comment on view ${held} is 'The rows that broke their contract: an earlier version stands in for them, or they are left out.'`,
    ...(stored.length === 0
      ? []
      : [
          ...stored.flatMap((one) => [
            comparisonSql(one),
            // Of no use to anybody without a right on its schema; a view asks it with those of who reads.
            `grant execute on function ${comparison(one.dataset.name)} to public`,
          ]),
          `create or replace view ${change} with (security_barrier) as\n${changeSelect(
            schema,
            stored.map(({ dataset }) => dataset),
          )}`,
          `comment on view ${change} is 'What entered, left or changed, by key, since the generation of the last receipt.'`,
        ]),
  ];
}
