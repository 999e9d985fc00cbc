import { nightjarError } from '../../src/error/nightjar-error.ts';
import { nearestName } from '../../src/pipeline/nearest-name.ts';
import { connectSample } from './database/connect.ts';
import { requireSample } from './database/mark.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import { sampleError } from './database/sample-error.ts';
import type { SampleTarget } from './database/target.ts';
import { requireNamed, type Fault, type FaultOptions } from './faults/fault.ts';
import { faults } from './faults/registry.ts';

/** Does one named harm to a loaded sample. Harm is undone by making the sample again. Throws NJ-USE-FAULT, NJ-USE-SAMPLE. */
export async function hurtSample(
  target: SampleTarget,
  name: string,
  options: FaultOptions = {},
): Promise<{ readonly sentence: string }> {
  const fault = findFault(name);
  await using database = await connectSample(target);
  await requireApplies(database, fault, options);
  return { sentence: await fault.apply(database, options) };
}

/** Throws what `hurtSample` would before it does anything. */
export async function requireFaultApplies(
  target: SampleTarget,
  name: string,
  options: FaultOptions = {},
): Promise<void> {
  await using database = await connectSample(target);
  await requireApplies(database, findFault(name), options);
}

async function requireApplies(database: SampleDatabase, fault: Fault, options: FaultOptions): Promise<void> {
  const { name, only } = fault;
  if (only === 'mysql' && database.kind !== only) {
    throw sampleError(`The harm ${name} can be done to MySQL and MariaDB alone.`);
  }
  requireNamed(fault, options);
  await requireSample(database);
}

/** Throws NJ-USE-FAULT, with the one that was probably meant. */
export function findFault(name: string): Fault;
export function findFault<Named extends Pick<Fault, 'name'>>(name: string, among: readonly Named[]): Named;
export function findFault(name: string, among: readonly Pick<Fault, 'name'>[] = faults): Pick<Fault, 'name'> {
  const found = among.find((fault) => fault.name === name);
  if (found !== undefined) return found;
  const names = among.map((fault) => fault.name);
  throw nightjarError('NJ-USE-FAULT', {
    wanted: name,
    known: names.join(', '),
    nearest: nearestName(name, names),
  });
}
