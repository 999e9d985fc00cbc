import type { z } from 'zod';
import type { FaultList } from '../fault-list.ts';
import { nearestName } from '../nearest-name.ts';
import type { YamlFile, YamlPath } from '../yaml-file.ts';
import type { SchemaWording } from './wording.ts';

/** Reports what a schema complained about, in our words and with the place in the file. */
export function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  yaml: YamlFile,
  wording: SchemaWording,
  faults: FaultList,
): void {
  reportTogether(issues, [], yaml, wording, faults);
  // Something harmless will stand in their places: nothing more is to be said about it.
  for (const issue of issues)
    if (issue.code !== 'unrecognized_keys') faults.mute(yaml.valueAt(yamlPath(issue.path)));
}

/** A key that was misspelt is not missing as well. */
function reportTogether(
  issues: readonly z.core.$ZodIssue[],
  above: YamlPath,
  yaml: YamlFile,
  wording: SchemaWording,
  faults: FaultList,
): void {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const valid = validKeys(issue.message);
    for (const key of issue.keys) misspelt.add(JSON.stringify([...issue.path, nearestName(key, valid)]));
  }
  for (const issue of issues) {
    const isThere = valueAt(yaml.value, [...above, ...yamlPath(issue.path)]) !== undefined;
    if (isThere || !misspelt.has(JSON.stringify(issue.path)))
      reportIssue(issue, above, yaml, wording, faults);
  }
}

function reportIssue(
  issue: z.core.$ZodIssue,
  above: YamlPath,
  yaml: YamlFile,
  wording: SchemaWording,
  faults: FaultList,
): void {
  const path = [...above, ...yamlPath(issue.path)];
  const key = String(path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys') {
    const valid = validKeys(issue.message);
    for (const unknown of issue.keys) {
      const details = {
        key: shownKey(unknown, path, wording),
        place: placeOf(path, wording),
        nearest: nearestName(unknown, valid),
        valid,
      };
      faults.add('NJ-CONFIG-KEY-UNKNOWN', details, yaml.keyAt([...path, unknown]));
    }
    return;
  }
  const found = valueAt(yaml.value, path);
  if (issue.code === 'invalid_union') {
    const branch = likelyBranch(issue.errors);
    if (branch !== undefined) {
      reportTogether(branch, path, yaml, wording, faults);
      return;
    }
  }
  if (wording.dataset !== undefined && path.length === 1 && key === 'key' && isNothing(found)) {
    faults.add('NJ-CONFIG-NO-KEY', { dataset: wording.dataset }, yaml.valueAt(path));
    return;
  }
  if (found === undefined && path.length > 0) {
    const parent = path.slice(0, -1);
    faults.add('NJ-CONFIG-KEY-MISSING', { key, place: placeOf(parent, wording) }, yaml.keyAt(parent));
    return;
  }
  const position = yaml.valueAt(path);
  const isSecret = path.some((step) => typeof step === 'string' && wording.isSecret?.(step) === true);
  faults.add(
    'NJ-CONFIG-VALUE',
    {
      place: path.length === 0 ? wording.what : path.join('.'),
      expected: expectedBy(issue),
      found: isSecret ? kindOf(found) : describe(found),
      nearest:
        issue.code === 'invalid_value' && typeof found === 'string' && !isSecret
          ? nearestName(found, issue.values.map(String))
          : undefined,
    },
    position,
  );
}

/** `password:secret` without the blank is a key to YAML, and what stands under a secret's key may be a secret. */
function shownKey(key: string, path: YamlPath, { isSecret }: SchemaWording): string {
  if (isSecret === undefined) return key;
  return path.some((step) => isSecret(String(step))) ? '…' : (/^\w*/.exec(key)?.[0] ?? '');
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** The branch of a union that was meant: the only one that does not complain about the value as a whole. */
function likelyBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const likely = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
  return likely.length === 1 ? likely[0] : undefined;
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kindName(issue.expected);
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectedBy)))].join(' or ');
    case 'too_small':
      if (issue.origin === 'array') return 'a list with something in it';
      return issue.origin === 'string' ? 'a text that is not empty' : `a number of at least ${issue.minimum}`;
    case 'too_big':
      return `a number of at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function kindName(expected: string): string {
  switch (expected) {
    case 'string':
      return 'a text';
    case 'object':
    case 'record':
      return 'a mapping';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    case 'int':
      return 'a whole number';
    default:
      return `a ${expected}`;
  }
}

function describe(value: unknown): string {
  if (typeof value === 'string' && value !== '' && value.length <= 60) return `"${value}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${kindOf(value)} (${value})`;
  return kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === '') return 'an empty text';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'a mapping';
  }
}

function placeOf(path: YamlPath, wording: SchemaWording): string {
  return path.length === 0 ? wording.what : `"${path.join('.')}"`;
}

function validKeys(message: string): readonly string[] {
  const keys: unknown = JSON.parse(message);
  return Array.isArray(keys) ? keys.map(String) : [];
}

function yamlPath(path: readonly PropertyKey[]): YamlPath {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function valueAt(root: unknown, path: YamlPath): unknown {
  let place = root;
  for (const step of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return undefined;
    place = Reflect.get(place, step);
  }
  return place;
}
