import type { QueryResultRow } from 'pg';
import { NightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';
import { generationDatasets } from '../audit/generation-datasets.ts';
import type { WaitingSwitch } from './consumer-state.ts';
import { switchTo } from './publish.ts';

const attempts = 3;

export interface Rollback {
  /** The published generation. */
  readonly from: number;
  /** One that was published before. */
  readonly to: number;
  /** Keeps the coming runs from publishing, for this reason. */
  readonly hold: string | undefined;
}

/**
 * Switches every consumer to an earlier generation. Resolves with the instant. It does not wait for a run at work, whose
 * fence it borrows: the run goes on, and finds at its publication that its candidate was judged against another
 * generation. Throws as `switchTo` does.
 */
export async function rollBack(session: Session, { from, to, hold }: Rollback): Promise<Date> {
  for (let attempt = 1; ; attempt++) {
    const { fence } = await session.one<{ fence: number }>(
      'the look-up of the fence',
      'select number as fence from nightjar.fence',
    );
    try {
      return await switchTo(session, {
        ...{ fence, kind: 'rollback', generation: to, expected: from, run: undefined, hold },
      });
    } catch (error) {
      // A run has just begun, or taken over.
      const isFenced = error instanceof NightjarError && error.code === 'NJ-PUBLISH-FENCED';
      if (!isFenced || attempt === attempts) throw error;
    }
  }
}

/** A consumer that a switch would reach later than the others, and for what. */
export interface WouldWait extends QueryResultRow {
  readonly consumer: string;
  readonly why: WaitingSwitch['why'];
}

export async function whoWouldWait(session: Session): Promise<readonly WouldWait[]> {
  return session.query<WouldWait>(
    'the look-up of who would wait',
    `select c.name as consumer, w.why from nightjar.consumer c, lateral nightjar.waits(c.name, clock_timestamp()) w
      where exists (select from nightjar.login l where l.consumer = c.name) order by c.name`,
  );
}

/** The columns that a reader gains or loses by going from one generation to another, as `person.email`. */
export async function changedColumns(session: Session, from: number, to: number): Promise<readonly string[]> {
  const before = await columnsOf(session, from);
  const after = await columnsOf(session, to);
  return [
    ...[...before].filter((column) => !after.has(column)).map((column) => `${column} goes`),
    ...[...after].filter((column) => !before.has(column)).map((column) => `${column} comes`),
  ];
}

async function columnsOf(session: Session, generation: number): Promise<ReadonlySet<string>> {
  const datasets = await generationDatasets(session, generation);
  return new Set(
    datasets.flatMap((dataset) =>
      dataset.columns.map((column) => `${dataset.name}.${column.name} (${column.type})`),
    ),
  );
}

/** Lets the coming runs publish again; says whether there was a hold. */
export async function liftHold(session: Session): Promise<boolean> {
  const lifted = await session.query<{ reason: string }>(
    'the lifting of the hold',
    'delete from nightjar.hold returning reason',
  );
  return lifted.length > 0;
}
