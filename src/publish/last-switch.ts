import type { Session } from '../warehouse/session.ts';

/** How what is published came to be so. */
export interface LastSwitch {
  readonly kind: 'publish' | 'rollback';
  readonly generation: number;
  /** What was published before; null where nothing was. */
  readonly previous: number | null;
  readonly at: Date;
  /** Who excused what the guards had said of the generation, and why; the last to do so. */
  readonly approval: { readonly person: string; readonly reason: string } | null;
}

/** The latest switch of all consumers; `undefined` before the first. */
export async function lastSwitch(session: Session): Promise<LastSwitch | undefined> {
  const [row] = await session.query<{
    kind: 'publish' | 'rollback';
    generation: number;
    previous: number | null;
    at: Date;
    approval: { readonly person: string; readonly reason: string } | null;
  }>(
    'the look-up of the latest switch',
    `select j.kind, j.generation, j.previous, j.effective_from as at,
            (select jsonb_build_object('person', d.person, 'reason', d.reason) from nightjar.decision d
              where d.kind = 'approve' and d.generation = j.generation order by d.entry desc limit 1) as approval
       from nightjar.journal j where j.kind in ('publish', 'rollback') order by j.entry desc limit 1`,
  );
  return row;
}
