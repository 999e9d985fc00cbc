import { generationSchemaName } from '../build/candidate.ts';
import { rawSchemaName } from '../extract/raw-schema.ts';
import type { Session } from '../warehouse/session.ts';
import type { Stage } from './stage.ts';

interface StoppedRun {
  readonly run: number;
  readonly stage: Stage;
}

/** What consumers read after a run was stopped, and what is left of the run: as found in the warehouse. */
export async function stateAfter(session: Session, { run }: StoppedRun): Promise<string> {
  const during = 'the look-up of what a run left';
  const [published] = await session.query<{ generation: number; night: string; own: boolean }>(
    during,
    `select j.generation, g.as_of::text as night, j.run is not distinct from $1 as own
       from nightjar.journal j join nightjar.generation g on g.number = j.generation
      where j.kind in ('publish', 'rollback') order by j.entry desc limit 1`,
    [run],
  );
  const candidates = await session.query<{ number: number }>(
    during,
    "select number from nightjar.generation where run = $1 and state <> 'published'",
    [run],
  );
  const raw = rawSchemaName(run);
  const left = await session.query<{ name: string }>(
    during,
    'select nspname as name from pg_namespace where nspname = any($1) order by 1',
    [[raw, ...candidates.map(({ number }) => generationSchemaName(number))]],
  );
  const names = left.map(({ name }) => name);
  return `${consumersRead(published)} ${whatIsLeft(names)}`;
}

/** The same where the warehouse cannot be asked. */
export function stateUnknown({ stage }: StoppedRun): string {
  const consumers =
    stage === 'publish'
      ? 'Whether it has published is not known: "nightjar status" says.'
      : 'What consumers read is untouched.';
  return `${consumers} What is left of it is taken away by the next run at the latest.`;
}

function consumersRead(
  published: { readonly generation: number; readonly night: string; readonly own: boolean } | undefined,
): string {
  if (published === undefined) return 'Nothing has been published yet, as before.';
  const { generation, night, own } = published;
  return own
    ? `It had published by then: consumers read generation ${generation} of night ${night}.`
    : `What consumers read is untouched: generation ${generation} of night ${night}.`;
}

function whatIsLeft(schemas: readonly string[]): string {
  return schemas.length === 0
    ? 'Its raw tables and its candidate are removed.'
    : `Of it ${schemas.join(' and ')} ${schemas.length === 1 ? 'is' : 'are'} left, which the next run takes away.`;
}
