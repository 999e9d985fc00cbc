import { resolve } from 'node:path';
import type { ConnectionDeclaration, Environment, SourcePlace } from './deployment.ts';
import { entriesOf } from './entries-of.ts';
import { nearestName } from './nearest-name.ts';
import type { Pipeline } from './pipeline.ts';
import { readAddress, readSetting, type DeploymentReading } from './read-address.ts';
import { readConsumers } from './read-consumers.ts';
import type { EnvironmentFile } from './schema/deployment-schema.ts';
import type { YamlPath } from './yaml-file.ts';

const defaultPorts = { mysql: 3306, postgres: 5432 };

/**
 * Reads one environment.
 * @param pipeline `undefined` where it could not be read: what depends on it is then not checked.
 */
export function readEnvironment(
  reading: DeploymentReading,
  name: string,
  written: EnvironmentFile,
  pipeline: Pipeline | undefined,
): Environment {
  const path: YamlPath = ['environments', name];
  checkTimeZone(reading, [...path, 'time_zone'], written.time_zone);
  checkSchema(reading, [...path, 'schema'], written.schema);
  const connections = readConnections(reading, [...path, 'connections'], written.connections);
  return {
    name,
    pipeline: resolve(reading.folder, written.pipeline),
    timeZone: written.time_zone,
    connections,
    sources: readSources(reading, [...path, 'sources'], written, pipeline),
    warehouse: {
      ...readAddress(reading, [...path, 'warehouse'], written.warehouse, defaultPorts.postgres),
      database: readSetting(reading, [...path, 'warehouse', 'database'], written.warehouse.database),
    },
    schema: written.schema,
    consumers: readConsumers(
      reading,
      [...path, 'consumers'],
      written.consumers,
      written.warehouse.user,
      pipeline?.datasets.map((dataset) => dataset.name),
    ),
    people: Object.entries(written.people ?? {}).map(([person, { token_digest: tokenDigest }]) => ({
      name: person,
      tokenDigest,
    })),
    keep: written.keep,
    skewLimit: written.skew_limit,
    rowLimit: written.row_limit,
    channel: written.channel,
  };
}

function readConnections(
  reading: DeploymentReading,
  path: YamlPath,
  written: EnvironmentFile['connections'],
): readonly ConnectionDeclaration[] {
  return entriesOf(reading.yaml, path, written).map(([name, connection]): ConnectionDeclaration => {
    const here: YamlPath = [...path, name];
    const { kind, database, lock_wait: lockWait, snapshot_limit: snapshotLimit } = connection;
    if (kind === 'postgres' && database === undefined) {
      const details = { key: 'database', place: `"${here.join('.')}", which is a connection to PostgreSQL` };
      reading.faults.add('NJ-CONFIG-KEY-MISSING', details, reading.yaml.keyAt(here));
    }
    if (kind === 'mysql' && database !== undefined) {
      const details = {
        place: [...here, 'database'].join('.'),
        expected: 'none, because a MySQL connection reads several: each source names its own as "schema"',
        found: 'one',
        nearest: undefined,
      };
      reading.faults.add('NJ-CONFIG-VALUE', details, reading.yaml.keyAt([...here, 'database']));
    }
    return {
      name,
      kind,
      ...readAddress(reading, here, connection, defaultPorts[kind]),
      database: database === undefined ? undefined : readSetting(reading, [...here, 'database'], database),
      lockWait,
      snapshotLimit,
    };
  });
}

function readSources(
  reading: DeploymentReading,
  path: YamlPath,
  written: EnvironmentFile,
  pipeline: Pipeline | undefined,
): readonly SourcePlace[] {
  const { yaml, faults } = reading;
  const connections = Object.keys(written.connections);
  const sources = yaml.keysOf(path);
  for (const source of pipeline?.sources ?? []) {
    if (sources.includes(source)) continue;
    faults.add(
      'NJ-CONFIG-KEY-MISSING',
      { key: source, place: `"${path.join('.')}", which the pipeline reads` },
      yaml.keyAt(path),
    );
  }
  return entriesOf(yaml, path, written.sources).map(([source, place]): SourcePlace => {
    if (pipeline !== undefined && !pipeline.sources.includes(source)) {
      const details = {
        what: 'source',
        name: source,
        place: 'in the pipeline',
        nearest: nearestName(source, pipeline.sources),
      };
      faults.add('NJ-CONFIG-UNKNOWN', details, yaml.keyAt([...path, source]));
    }
    if (!connections.includes(place.connection)) {
      const details = {
        what: 'connection',
        name: place.connection,
        place: 'in this environment',
        nearest: nearestName(place.connection, connections),
      };
      faults.add('NJ-CONFIG-UNKNOWN', details, yaml.valueAt([...path, source, 'connection']));
    }
    return { source, connection: place.connection, schema: place.schema };
  });
}

function checkTimeZone(reading: DeploymentReading, path: YamlPath, timeZone: string): void {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  if (names.includes(timeZone) || isOtherTimeZone(timeZone)) return;
  const nearest = nearestName(timeZone, names);
  const details = { place: path.join('.'), expected: 'an IANA time zone', found: `"${timeZone}"`, nearest };
  reading.faults.add('NJ-CONFIG-VALUE', details, reading.yaml.valueAt(path));
}

/** Old names are not in the list. Asking takes twenty times as long as the list does, so it is done last. */
function isOtherTimeZone(timeZone: string): boolean {
  // An offset is no zone: it knows no summer.
  if (/^[+-]/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Schemas of ours in the warehouse, beside the consumers'. */
const ownSchemas = /^(nightjar(_.*)?|public|information_schema|generation_.*|raw_.*|pg_.*)$/;

function checkSchema(reading: DeploymentReading, path: YamlPath, schema: string): void {
  const reason = !/^[a-z_][a-z0-9_]*$/.test(schema)
    ? 'expected small letters, digits and _'
    : schema.length > 63
      ? 'PostgreSQL cuts a name after 63 bytes'
      : ownSchemas.test(schema)
        ? "it is a schema of PostgreSQL's or of Nightjar's own"
        : undefined;
  if (reason !== undefined) {
    reading.faults.add(
      'NJ-CONFIG-NAME',
      { name: schema, what: 'a schema for consumers', reason },
      reading.yaml.valueAt(path),
    );
  }
}
