import { amount } from '../error/amount.ts';

/**
 * How many rows are not as they were read; `undefined` where all are.
 *
 * @param published the environment whose consumers read them: `nightjar faults` tells of what is published, and of nothing else.
 */
export function standInSentence(
  datasets: readonly { readonly held: number; readonly leftOut: number }[],
  published: string | undefined,
): string | undefined {
  const held = datasets.reduce((sum, dataset) => sum + dataset.held, 0);
  const leftOut = datasets.reduce((sum, dataset) => sum + dataset.leftOut, 0);
  const parts = [
    ...(held > 0
      ? [`${amount(held, 'row')} ${held === 1 ? 'stands' : 'stand'} in by the last good version`]
      : []),
    ...(leftOut > 0
      ? [`${amount(leftOut, 'row')} ${leftOut === 1 ? 'is' : 'are'} left out, broken or struck out`]
      : []),
  ];
  if (parts.length === 0) return undefined;
  const list =
    published === undefined ? '' : `: "nightjar faults -e ${published}" lists those that are broken`;
  return parts.join('; ') + list;
}
