import type { z } from 'zod';

/**
 * The value with something harmless in place of each thing that its schema complained about. The complaints have been
 * reported; this lets reading go on.
 */
export function substitute(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  let root = copy;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const parent = stepTo(root, issue.path);
      if (isMapping(parent)) for (const key of issue.keys) Reflect.deleteProperty(parent, key);
      continue;
    }
    const last = issue.path.at(-1);
    if (last === undefined) {
      root = harmless(issue);
      continue;
    }
    const parent = stepTo(root, issue.path.slice(0, -1));
    if (typeof parent === 'object' && parent !== null) Reflect.set(parent, last, harmless(issue));
  }
  return root;
}

function harmless(issue: z.core.$ZodIssue): unknown {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values[0];
    case 'invalid_type':
      return harmlessOf(issue.expected);
    case 'too_small':
      return issue.origin === 'array' ? ['?'] : issue.origin === 'string' ? '?' : issue.minimum;
    case 'too_big':
      return issue.maximum;
    default:
      return '?';
  }
}

function harmlessOf(expected: string): unknown {
  switch (expected) {
    case 'object':
    case 'record':
      return {};
    case 'array':
      return ['?'];
    case 'boolean':
      return false;
    case 'number':
    case 'int':
      return 1;
    default:
      return '?';
  }
}

function stepTo(root: unknown, path: readonly PropertyKey[]): unknown {
  let place = root;
  for (const step of path) {
    if (typeof place !== 'object' || place === null) return undefined;
    place = Reflect.get(place, step);
  }
  return place;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
