import type { ReadingRules } from './deployment.ts';
import type { DeploymentReading } from './read-address.ts';
import type { EnvironmentFile } from './schema/deployment-schema.ts';
import type { YamlPath } from './yaml-file.ts';

/** Reads when a consumer imports and what it does without fresh data. @param path the consumer's place in the file. */
export function readReadingRules(
  { yaml, faults }: DeploymentReading,
  path: YamlPath,
  written: EnvironmentFile['consumers'][string],
): ReadingRules {
  const { import_window: window, deadline } = written;
  if (window !== undefined && window.from === window.to) {
    const details = {
      place: [...path, 'import_window'].join('.'),
      expected: 'a window that ends at another time than it begins',
      found: `"${window.from}" twice`,
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, yaml.valueAt([...path, 'import_window']));
  }
  // A deadline that refuses nobody would look as if it did.
  if (deadline !== undefined && written.when_stale !== 'refuse') {
    const details = {
      place: [...path, 'deadline'].join('.'),
      expected: 'none, because the consumer reads what is stale unless it has "when_stale: refuse"',
      found: 'one',
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, yaml.keyAt([...path, 'deadline']));
  }
  return {
    importWindow: window,
    importBound: written.import_bound,
    afterBound: written.after_bound,
    whenStale: written.when_stale,
    deadline,
    standbyLag: written.reads_standby?.lag,
  };
}
