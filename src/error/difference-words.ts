import { amount } from './amount.ts';

/** How many keys of a table or dataset differ, and how. */
export interface DifferenceCounts {
  readonly name: string;
  /** Only the source has them. */
  readonly missing: number;
  /** The source has not got them. */
  readonly extra: number;
  readonly differs: number;
  /** Ranges of keys that differ and were not looked into. */
  readonly unread: number;
}

/** `order_line: 3 keys differ, 1 key is not in the copy` */
export function differenceWords(
  { name, missing, extra, differs, unread }: DifferenceCounts,
  copy: string,
  source: string,
): string {
  const verb = (count: number, one: string, many: string): string =>
    `${amount(count, 'key')} ${count === 1 ? one : many}`;
  const parts = [
    ...(differs > 0 ? [verb(differs, 'differs', 'differ')] : []),
    ...(missing > 0 ? [`${verb(missing, 'is', 'are')} not in ${copy}`] : []),
    ...(extra > 0 ? [`${verb(extra, 'is', 'are')} not in ${source}`] : []),
    ...(unread > 0 ? [`${amount(unread, 'range')} more of keys ${unread === 1 ? 'differs' : 'differ'}`] : []),
  ];
  return `${name}: ${parts.join(', ')}`;
}
