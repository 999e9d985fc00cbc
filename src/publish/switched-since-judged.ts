import type { Session } from '../warehouse/session.ts';

/**
 * Whether anything was published or gone back to since a candidate was judged: also where what is published is by now what
 * it was then, its readers have been elsewhere meanwhile.
 */
export async function switchedSinceJudged(session: Session, generation: number): Promise<boolean> {
  const { switched } = await session.one<{ switched: boolean }>(
    'the look-up of what was switched since the judgement',
    `select exists (select from nightjar.journal j
                     where j.kind in ('publish', 'rollback') and j.at > g.judged_at) as switched
       from nightjar.generation g where g.number = $1`,
    [generation],
  );
  return switched;
}
