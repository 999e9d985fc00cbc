import { z } from 'zod';
import { contractTypePattern } from '../parse-contract-type.ts';
import { coverageSchema, departuresSchema, guardsSchema, referenceSchema } from './guards-schema.ts';
import { mapping, words } from './mapping.ts';

const column = mapping({
  type: words('As PostgreSQL names it: bigint, varchar(255), numeric(6,3), timestamp(3), …').meta({
    pattern: contractTypePattern,
  }),
  presence: z
    .enum(['required', 'expected', 'optional'])
    .describe('required: in every row. expected: watched. optional: may be absent.')
    .default('optional'),
  privacy: z
    .enum(['none', 'personal', 'special'])
    .describe('personal: tells who someone is. special: health, ethnicity, religion and the like.')
    .default('none'),
  when_held: words(
    'A constant that stands for it in a held row whose last good version has none.',
  ).optional(),
  from: words('Where it comes from, in words of the source: tcs.Person.id'),
  description: words("For people; becomes the column's comment."),
});

const driving = z.union([
  z.string(),
  mapping({
    table: words('A raw table, a seed or a dataset.'),
    where: words('A condition over its columns: only these rows count.').optional(),
  }),
]);

const rule = mapping({
  sql: words("A condition over the dataset's columns that each row meets; null meets it."),
  description: words('The rule in words.'),
});

const fault = mapping({
  sql: words('A condition over a row; it may look into raw tables and datasets.'),
  description: words('The fault in words.'),
  watched: z
    .boolean()
    .describe('Hold the night where more rows have it than in what is published.')
    .default(false),
});

/** `datasets/<dataset>.yaml` */
export const contractSchema = mapping({
  description: words("What the dataset is; becomes the table's comment."),
  grain: words('One row for each …'),
  key: z.array(z.string()).min(1).describe('The columns that identify a row.'),
  driving: z
    .union([driving, z.array(driving)])
    .describe("The table whose row count must be the dataset's; several add up.")
    .optional(),
  columns: z.record(z.string(), column).describe('In the order in which they are published.'),
  rules: z.record(z.string(), rule).optional(),
  indexes: z
    .array(z.array(z.string()).min(1))
    .describe('Further indexes, each a list of columns.')
    .optional(),
  repair_limits: z
    .record(z.string(), z.int().min(0))
    .describe('At most so many repaired cells, by raw table and column: tcs_placement.date_from')
    .optional(),
  key_was: z
    .record(z.string(), z.string())
    .describe(
      'The columns of former keys, each with SQL over a new row that gives it. They stay as long as keys are struck out by them.',
    )
    .optional(),
  departures: departuresSchema.describe('What explains that a key leaves.').optional(),
  references: z
    .record(z.string(), referenceSchema)
    .describe('Columns that hold the key of another dataset.')
    .optional(),
  coded: z.array(z.string()).describe('Columns with a known, small set of values.').optional(),
  distribution: z
    .array(z.string())
    .describe('Columns over whose values the rows should spread as they did.')
    .optional(),
  coverage: z
    .record(z.string(), coverageSchema)
    .describe('Raw tables that should have a row for each row of another.')
    .optional(),
  guards: guardsSchema.optional(),
  faults: z
    .record(z.string(), fault)
    .describe('What is wrong with a row that is published all the same: for whoever can mend it.')
    .optional(),
  office: words('SQL over a row that names who can mend it.').optional(),
  changed_at: words(
    'SQL over a row that gives the instant (UTC) at which its source says it was last changed.',
  ).optional(),
});

export type ContractFile = z.output<typeof contractSchema>;
