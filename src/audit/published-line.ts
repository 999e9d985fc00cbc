import type { Session } from '../warehouse/session.ts';

/** A generation of the line, and a dataset in it. */
export interface LineGeneration {
  readonly generation: number;
  readonly asOf: string;
  readonly isKept: boolean;
  /** The dataset's key; null where the generation has no such dataset. */
  readonly keyColumns: readonly string[] | null;
}

/**
 * What is published, the generation that it was judged against, the one that this was judged against, and so on, the newest first.
 * Another that was published is none of them: it was gone back from.
 */
export async function publishedLine(
  session: Session,
  published: number,
  dataset: string,
): Promise<readonly LineGeneration[]> {
  return session.query<{
    generation: number;
    asOf: string;
    isKept: boolean;
    keyColumns: string[] | null;
  }>(
    'the look-up of what was published one after the other',
    `with recursive line as (
       select g.number, g.judged_against, 0 as place from nightjar.generation g where g.number = $1
       union all
       select g.number, g.judged_against, line.place + 1 from nightjar.generation g join line on g.number = line.judged_against
     )
     select g.number as generation, g.as_of::text as "asOf", g.state = 'published' as "isKept", d.key_columns as "keyColumns"
       from line join nightjar.generation g using (number)
       left join nightjar.dataset d on d.generation = g.number and d.name = $2
      order by line.place`,
    [published, dataset],
  );
}
