import type { YamlFile, YamlPath } from './yaml-file.ts';

/** Columns whose type could not be read, of which nothing is concluded; `all` where not even their names could be. */
export type Doubtful = ReadonlySet<string> | 'all';

/** Whether a file has a mapping under `columns`. */
export function columnsAreKnown(yaml: YamlFile, above: YamlPath = []): boolean {
  return yaml.keysOf([...above, 'columns']).length > 0;
}
