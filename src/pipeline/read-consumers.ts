import type { ConsumerDeclaration } from './deployment.ts';
import { entriesOf } from './entries-of.ts';
import { nearestName } from './nearest-name.ts';
import type { DeploymentReading } from './read-address.ts';
import { readReadingRules } from './read-reading-rules.ts';
import type { EnvironmentFile } from './schema/deployment-schema.ts';
import type { YamlPath } from './yaml-file.ts';

/** Why a consumer cannot have our own role as a login. */
export const ownRole = 'it is the role that Nightjar itself works as';

/**
 * Reads an environment's consumers.
 * @param own how our own role is written in the file.
 * @param datasets the pipeline's; `undefined` where the pipeline could not be read: no name is then said to be wrong.
 */
export function readConsumers(
  reading: DeploymentReading,
  path: YamlPath,
  written: EnvironmentFile['consumers'],
  own: string,
  datasets: readonly string[] | undefined,
): readonly ConsumerDeclaration[] {
  const { yaml, faults } = reading;
  const owners = new Map<string, string>();
  return entriesOf(yaml, path, written).map(([name, consumer]): ConsumerDeclaration => {
    const here: YamlPath = [...path, name];
    for (const [index, login] of consumer.logins.entries()) {
      const position = yaml.valueAt([...here, 'logins', index]);
      const owner = owners.get(login);
      // A login tells reading() which consumer asks: it cannot belong to two.
      if (owner !== undefined) {
        faults.add('NJ-CONFIG-LOGIN-TWICE', { login, consumer: name, owner }, position);
      }
      owners.set(login, name);
      checkRole(reading, login, own, [...here, 'logins', index]);
    }
    const { description, logins, pin } = consumer;
    return {
      name,
      description,
      logins,
      pin,
      reads: readDatasets(reading, [...here, 'reads'], consumer.reads, datasets),
      rules: readReadingRules(reading, here, consumer),
    };
  });
}

function checkRole(reading: DeploymentReading, login: string, own: string, path: YamlPath): void {
  const bytes = Buffer.byteLength(login);
  const reason =
    bytes > 63
      ? `it has ${bytes} bytes, and PostgreSQL cuts a name after 63`
      : login.startsWith('pg_') || login === 'public' || login === 'none'
        ? 'PostgreSQL keeps it for itself'
        : login === own
          ? ownRole
          : undefined;
  if (reason !== undefined) {
    reading.faults.add(
      'NJ-CONFIG-NAME',
      { name: login, what: 'a login', reason },
      reading.yaml.valueAt(path),
    );
  }
}

function readDatasets(
  reading: DeploymentReading,
  path: YamlPath,
  reads: EnvironmentFile['consumers'][string]['reads'],
  datasets: readonly string[] | undefined,
): readonly string[] {
  const listPath = Array.isArray(reads) ? path : [...path, 'except'];
  const listed = Array.isArray(reads) ? reads : reads.except;
  for (const [index, name] of listed.entries()) {
    const position = reading.yaml.valueAt([...listPath, index]);
    if (listed.indexOf(name) < index) {
      reading.faults.add('NJ-CONFIG-REPEATED', { name, place: 'this list' }, position);
    } else if (datasets !== undefined && !datasets.includes(name)) {
      const details = {
        what: 'dataset',
        name,
        place: 'in the pipeline',
        nearest: nearestName(name, datasets),
      };
      reading.faults.add('NJ-CONFIG-UNKNOWN', details, position);
    }
  }
  if (Array.isArray(reads)) return reads;
  return (datasets ?? []).filter((name) => !reads.except.includes(name));
}
