import { z } from 'zod';
import { declaredTypePattern } from '../declared-type.ts';
import { mapping, words } from './mapping.ts';

const columnType = words('A declared type: bigint, varchar(255), numeric(6,3), timestamp(3), …').meta({
  pattern: declaredTypePattern,
});

const column = z.union([
  columnType,
  mapping({
    type: columnType,
    as: words("The name of the raw column, in place of the source's in snake_case.").optional(),
  }),
]);

const table = mapping({
  as: words("The raw table's name behind the source's name and _.").optional(),
  key: z.array(z.string()).min(1).describe('The raw columns that identify a row.').optional(),
  volatile: z
    .boolean()
    .describe('The source empties and refills it at night: read first, let go at once.')
    .optional(),
  columns: z.record(z.string(), column).describe('Each column to be read, by its name in the source.'),
});

/** `sources/<source>.yaml` */
export const sourceSchema = mapping({
  description: words('What the source is.').optional(),
  tables: z.record(z.string(), table).describe('Each table to be read, by its name in the source.'),
});
