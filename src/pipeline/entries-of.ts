import type { FaultList } from './fault-list.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** The entries of a mapping in the order of the file; a name that every object has (`constructor`) is none of its own. */
export function entriesOf<Entry>(
  yaml: YamlFile,
  path: YamlPath,
  written: Readonly<Record<string, Entry>> | undefined,
): readonly (readonly [name: string, entry: Entry])[] {
  return yaml.keysOf(path).flatMap((name) => {
    const entry = written !== undefined && Object.hasOwn(written, name) ? written[name] : undefined;
    return entry === undefined ? [] : [[name, entry] as const];
  });
}

/** Reports a mapping with nothing in it. @param what of which there must be one: `column`. */
export function requireEntries(yaml: YamlFile, path: YamlPath, what: string, faults: FaultList): void {
  if (yaml.keysOf(path).length > 0) return;
  const details = {
    place: path.join('.'),
    expected: `at least one ${what}`,
    found: 'none',
    nearest: undefined,
  };
  faults.add('NJ-CONFIG-VALUE', details, yaml.valueAt(path));
}
