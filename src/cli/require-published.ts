import { nightjarError } from '../error/nightjar-error.ts';
import { publishedGeneration } from '../publish/generations.ts';
import { heldCandidate } from '../publish/held-candidate.ts';
import type { Session } from '../warehouse/session.ts';

/** The published generation. Throws NJ-PUBLISH-NOTHING-YET, which tells of a candidate that waits. */
export async function requirePublished(session: Session, environment: string): Promise<number> {
  const published = await publishedGeneration(session);
  if (published !== undefined) return published;
  throw nightjarError('NJ-PUBLISH-NOTHING-YET', { environment, held: await heldCandidate(session) });
}
