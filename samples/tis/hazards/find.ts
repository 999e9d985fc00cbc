import { connectSample } from '../database/connect.ts';
import type { SampleTarget } from '../database/target.ts';
import { dayText } from '../time/day.ts';
import { makeWorld, type WorldOptions } from '../world/world.ts';
import type { Hazard, HazardFacts } from './hazard.ts';

export interface FoundHazard {
  readonly hazard: Hazard;
  readonly planned: number;
  readonly found: number;
}

/** Looks in a loaded sample for each fault, by SQL that knows nothing of how it was planted. */
export async function findHazards(
  target: SampleTarget,
  options: WorldOptions,
  hazards: readonly Hazard[],
): Promise<readonly FoundHazard[]> {
  const world = makeWorld(options);
  await using database = await connectSample(target);
  const mysql = database.kind === 'mysql';
  const facts: HazardFacts = {
    world,
    system: database.kind,
    today: dayText(world.today),
    t: (service, table) => database.name(service, table),
    notDigits: (expression) =>
      mysql ? `${expression} NOT REGEXP '^[0-9]+$'` : `${expression} !~ '^[0-9]+$'`,
    exactly: (expression, text) => (mysql ? `BINARY ${expression} = ${text}` : `${expression} = ${text}`),
    textOf: (expression) => `CAST(${expression} AS ${mysql ? 'CHAR' : 'text'})`,
    persons: (part) =>
      world.people
        .bearersOf(part)
        .map((person) => person + 1)
        .join(', '),
  };
  const results: FoundHazard[] = [];
  for (const hazard of hazards) {
    const [row] = await database.query(hazard.sql(facts));
    results.push({
      hazard,
      planned: hazard.count(world, database.kind),
      found: Number(row?.['found'] ?? Number.NaN),
    });
  }
  return results;
}
