import { z } from 'zod';
import { declaredTypePattern } from '../declared-type.ts';
import { mapping, words } from './mapping.ts';

/** `seeds/<seed>.yaml` */
export const seedSchema = mapping({
  description: words('What the list is for.').optional(),
  key: z.array(z.string()).min(1).describe('The columns that identify a row.').optional(),
  columns: z
    .record(
      z.string(),
      words('A declared type: text, date, bigint, …').meta({ pattern: declaredTypePattern }),
    )
    .describe("In the order of the CSV's first line."),
});
