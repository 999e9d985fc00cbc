import type { Session } from '../warehouse/session.ts';
import { dropUnlessLocked } from './drop-generation.ts';
import { fenced } from './publish.ts';

/** What retention would do, or did. */
export interface RetentionReport {
  readonly retired: readonly number[];
  /** Beyond what is kept, but a consumer's living session may still read them. */
  readonly spared: readonly number[];
}

/** Which published generations are beyond the newest `keep` and read by nobody. */
export async function planRetention(session: Session, keep: number): Promise<RetentionReport> {
  const during = 'the plan of retention';
  const beyond = await session.query<{ number: number; used: boolean }>(
    during,
    `select g.number,
            exists (select from nightjar.consumer c where nightjar.current_generation(c.name) = g.number)
              or exists (select from nightjar.generations_in_use() u where u.generation = g.number) as used
       from nightjar.generation g where g.state = 'published' order by g.number desc offset $1`,
    [keep],
  );
  return {
    retired: beyond.filter((one) => !one.used).map((one) => one.number),
    spared: beyond.filter((one) => one.used).map((one) => one.number),
  };
}

/** Retires what the plan names, in reading() first, then takes the tables away. */
export async function retain(session: Session, fence: number, keep: number): Promise<RetentionReport> {
  const plan = await planRetention(session, keep);
  if (plan.retired.length > 0) {
    await fenced(session, 'the retirement of generations', fence, 'select nightjar.retire($1, $2)', [
      fence,
      plan.retired,
    ]);
  }
  await dropRetired(session);
  return plan;
}

/** Takes away the tables of retired generations, also those that an earlier run could not. */
async function dropRetired(session: Session): Promise<void> {
  const retired = await session.query<{ generation: number }>(
    'the look-up of retired generations',
    'select generation from nightjar.retirement where dropped_at is null order by generation',
  );
  for (const { generation } of retired) {
    // A reader's long transaction keeps a table attached: it is refused already, and the next run drops it.
    if (!(await dropUnlessLocked(session, generation))) return;
    await session.query(
      'the record of what was dropped',
      'update nightjar.retirement set dropped_at = clock_timestamp() where generation = $1',
      [generation],
    );
  }
}
