import { crashPoint } from '../error/crash-point.ts';
import type { Session } from '../warehouse/session.ts';
import { dropUnlessLocked } from './drop-generation.ts';
import { fenced } from './fenced.ts';
import { deleteOldRecords } from './old-records.ts';

/** What retention would do, or did. */
export interface RetentionReport {
  readonly retired: readonly number[];
  /** Beyond what is kept, but a consumer may still read them. */
  readonly spared: readonly number[];
}

/**
 * Published generations that are beyond what is kept. Of each of the newest `keep` nights the one that was last in service
 * stays; so do, of whatever night, the one in service, with which the next night is compared though nobody may read it, and
 * the one before the latest switch: the way back must not be lost to a rerun.
 */
async function beyondKept(session: Session, keep: number): Promise<readonly number[]> {
  const rows = await session.query<{ number: number }>(
    'the plan of retention',
    `with service as (
       select j.generation, max(j.entry) as latest from nightjar.journal j
        where j.kind in ('publish', 'rollback') group by j.generation
     ), ranked as (
       select g.number,
              dense_rank() over (order by g.as_of desc) as night,
              row_number() over (partition by g.as_of order by s.latest desc nulls last, g.number desc) as in_night
         from nightjar.generation g left join service s on s.generation = g.number where g.state = 'published'
     )
     select r.number from ranked r
      where not (r.night <= $1 and r.in_night = 1) and nightjar.kept_for(r.number) is distinct from 'service'
      order by r.number desc`,
    [keep],
  );
  return rows.map(({ number }) => number);
}

/**
 * Retires what is beyond, in reading() first, then takes the tables away, and the records that nothing asks for. Spares what a
 * consumer's new sessions or a living session read, and what somebody has gone back to meanwhile.
 */
export async function retain(session: Session, fence: number, keep: number): Promise<RetentionReport> {
  const beyond = await beyondKept(session, keep);
  const retired = beyond.length === 0 ? [] : await retire(session, fence, beyond);
  await dropRetired(session);
  await deleteOldRecords(session, fence);
  return { retired, spared: beyond.filter((number) => !retired.includes(number)) };
}

async function retire(
  session: Session,
  fence: number,
  targets: readonly number[],
): Promise<readonly number[]> {
  const rows = await fenced<{ number: number }>(
    session,
    'the retirement of generations',
    fence,
    'select number from nightjar.retire($1, $2) number order by number desc',
    [fence, targets],
  );
  crashPoint('retain.retired');
  return rows.map(({ number }) => number);
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
    crashPoint('retain.recorded');
  }
}
