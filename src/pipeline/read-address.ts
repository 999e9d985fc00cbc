import { resolve } from 'node:path';
import type { ServerAddress, Setting, Tls } from './deployment.ts';
import type { FaultList } from './fault-list.ts';
import type { AddressFile } from './schema/deployment-schema.ts';
import { isPort, portFault, portSetting } from './port.ts';
import { fileSetting, isReference, settingOf, type Variables } from './setting.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** What reading a part of the deployment file needs. */
export interface DeploymentReading {
  readonly yaml: YamlFile;
  /** The folder of the file, absolute: paths in it count from there. */
  readonly folder: string;
  readonly variables: Variables;
  readonly faults: FaultList;
}

/** Reads how to reach a server; a password in clear is refused. */
export function readAddress(
  reading: DeploymentReading,
  path: YamlPath,
  written: AddressFile,
  defaultPort: number,
): ServerAddress {
  return {
    host: readSetting(reading, [...path, 'host'], written.host),
    port: readPort(reading, [...path, 'port'], String(written.port ?? defaultPort)),
    user: readSetting(reading, [...path, 'user'], written.user),
    password: readPassword(reading, [...path, 'password'], written.password),
    tls: readTls(reading, [...path, 'tls'], written.tls),
  };
}

export function readSetting(reading: DeploymentReading, path: YamlPath, written: string): Setting {
  const position = reading.yaml.valueAt(path);
  if (written.includes('${') && !isReference(written)) {
    const details = {
      place: path.join('.'),
      expected: 'a value, or ${NAME} and nothing else',
      found: 'a mixture',
      nearest: undefined,
    };
    reading.faults.add('NJ-CONFIG-VALUE', details, position);
  }
  return settingOf(written, position, reading.variables);
}

function readPort(reading: DeploymentReading, path: YamlPath, written: string): Setting {
  const position = reading.yaml.valueAt(path);
  const place = path.join('.');
  if (!isReference(written) && !isPort(written))
    reading.faults.add('NJ-CONFIG-VALUE', portFault(place, written), position);
  return portSetting(settingOf(written, position, reading.variables), place, position);
}

function readPassword(reading: DeploymentReading, path: YamlPath, written: string): Setting {
  const position = reading.yaml.valueAt(path);
  if (!isReference(written)) reading.faults.add('NJ-CONFIG-PASSWORD', { place: path.join('.') }, position);
  return settingOf(written, position, reading.variables);
}

function readTls(reading: DeploymentReading, path: YamlPath, written: AddressFile['tls']): Tls {
  if (written === undefined) return { mode: 'default' };
  if (written === 'off') return { mode: 'off' };
  if (written === 'verify') return { mode: 'verify', ca: undefined };
  const caPath: YamlPath = [...path, 'ca'];
  if (isReference(written.ca)) return { mode: 'verify', ca: readSetting(reading, caPath, written.ca) };
  const file = resolve(reading.folder, written.ca);
  return { mode: 'verify', ca: fileSetting(written.ca, file, reading.yaml.valueAt(caPath)) };
}
