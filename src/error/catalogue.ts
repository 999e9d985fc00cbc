import { configErrors } from './config.ts';
import { contractErrors } from './contract.ts';
import type { ErrorDefinition } from './definition.ts';
import { embeddedErrors } from './embedded.ts';
import { guardErrors } from './guard.ts';
import { internalErrors } from './internal.ts';
import { nightErrors } from './night.ts';
import { publishErrors } from './publish.ts';
import { sourceErrors } from './source.ts';
import { useErrors } from './use.ts';
import { warehouseErrors } from './warehouse.ts';

/** Every error that Nightjar can end with. `docs/reference/errors.md` has a paragraph for each; a test compares. */
export const catalogue = {
  ...configErrors,
  ...sourceErrors,
  ...warehouseErrors,
  ...contractErrors,
  ...guardErrors,
  ...publishErrors,
  ...nightErrors,
  ...useErrors,
  ...embeddedErrors,
  ...internalErrors,
};

export type ErrorCode = keyof typeof catalogue;

/** What the sentence of a code is made from. */
export type DetailsOf<Code extends ErrorCode> =
  (typeof catalogue)[Code] extends ErrorDefinition<infer Details> ? Details : never;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalogue, text);
}
