import type { Session } from '../warehouse/session.ts';

/** Who gave a held candidate up, and why. */
export interface Rejection {
  readonly generation: number;
  readonly at: Date;
  readonly person: string;
  readonly reason: string;
}

/** The rejection of a candidate, by its number or by that of the run which built it; `undefined` where nobody gave it up. */
export async function rejectionOf(
  session: Session,
  of: { readonly generation: number } | { readonly run: number },
): Promise<Rejection | undefined> {
  const [column, number] = 'run' in of ? ['run', of.run] : ['number', of.generation];
  const [rejection] = await session.query<{ generation: number; at: Date; person: string; reason: string }>(
    'the look-up of a rejection',
    `select d.generation, d.at, d.person, d.reason
       from nightjar.decision d join nightjar.generation g on g.number = d.generation
      where d.kind = 'reject' and g.${column} = $1`,
    [number],
  );
  return rejection;
}
