import { nightjarError } from '../error/nightjar-error.ts';
import type { ConsumerDeclaration, Environment } from '../pipeline/deployment.ts';
import { nearestName } from '../pipeline/nearest-name.ts';

/** Throws NJ-USE-CONSUMER. */
export function chooseConsumer(environment: Environment, name: string): ConsumerDeclaration {
  const found = environment.consumers.find((consumer) => consumer.name === name);
  if (found !== undefined) return found;
  const names = environment.consumers.map((consumer) => consumer.name);
  throw nightjarError('NJ-USE-CONSUMER', {
    wanted: name,
    known: names.join(', '),
    nearest: nearestName(name, names),
  });
}
