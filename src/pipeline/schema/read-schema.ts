import type { z } from 'zod';
import type { FaultList } from '../fault-list.ts';
import { parseYamlFile, type YamlFile } from '../yaml-file.ts';
import { reportIssues } from './issue-faults.ts';
import { substitute } from './substitute.ts';
import type { SchemaWording } from './wording.ts';

/** What a file means, and where everything stands in it. */
export interface ReadFile<T> {
  readonly yaml: YamlFile;
  readonly value: T;
}

/**
 * Reads YAML by a schema and reports all that does not fit. What can be made to fit (an unknown key left out, a wrong
 * value put aside) still is read, so that the faults behind it are found in the same run; `undefined` where not.
 */
export function readBySchema<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  wording: SchemaWording,
  faults: FaultList,
): ReadFile<T> | undefined {
  const yaml = parseYamlFile(file, text, faults);
  if (yaml === undefined) return undefined;
  let candidate = yaml.value;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const result = schema.safeParse(candidate);
    if (result.success) return { yaml, value: result.data };
    if (attempt === 0) reportIssues(result.error.issues, yaml, wording, faults);
    candidate = substitute(candidate, result.error.issues);
  }
  return undefined;
}
