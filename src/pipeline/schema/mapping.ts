import { z } from 'zod';

// Each file is read once: compiling a checker for it would take longer than the checking.
z.config({ jitless: true });

/**
 * A mapping that takes no other keys than these. The message of its complaint about an unknown key carries the known
 * ones, for the sentence that names the nearest.
 */
export function mapping<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const keys = JSON.stringify(Object.keys(shape));
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys : undefined) });
}

/** A text that says something. */
export function words(description: string): z.ZodString {
  return z.string().min(1).describe(description);
}
