import { daysAt, noDay } from './calendar.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';

/** `YYYY-MM-DD` as date: days since 2000-01-01. */
export const encodeDate: CellEncoder = (source, start, end, target, at) => {
  if (end - start !== 10) return fault.misread;
  const days = daysAt(source, start);
  if (days < noDay) return days - noDay;
  target.setInt32(at, 4);
  target.setInt32(at + 4, days);
  return at + 8;
};
