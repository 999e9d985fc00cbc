import { z } from 'zod';
import { mapping, words } from './mapping.ts';

const reason = mapping({
  sql: words('A condition over the published row, which it names `departed`.'),
  reason: words('In words, as a clause: it ended more than 8 weeks ago.'),
});

/** `departures:` of a contract. */
export const departuresSchema = mapping({
  foretold: z
    .record(z.string(), reason)
    .describe('What the published rows, read with the date of the new night, already foretold.')
    .optional(),
  evidence: z
    .record(z.string(), reason)
    .describe("What tonight's raw tables show: a deletion that left a trace.")
    .optional(),
  in_source: words('True where the source still has it; explains nothing, and is told.').optional(),
});

/** One of `references:`. */
export const referenceSchema = z.union([
  z.string(),
  mapping({
    columns: z.array(z.string()).min(1),
    dataset: words('A dataset; the columns are its key, in its order.'),
  }),
]);

/** One of `coverage:`. */
export const coverageSchema = mapping({
  of: words('A raw table.'),
  where: words('A condition over its columns: only these rows count.').optional(),
  by: words('The raw table that should have a row for each.'),
  on: z.record(z.string(), z.string()).describe('Columns of the first, each with the one of the second.'),
});

const tolerance = {
  rows: z.int().min(0).describe('So many rows pass.').optional(),
  percent: z.number().min(0).max(100).describe('Or so many percent, whichever is more.').optional(),
};

const loosening = {
  owner: words('Who answers for it.'),
  reason: words('Why.'),
  until: z.iso
    .date({ error: 'a date of the calendar, as 2026-12-31' })
    .describe('The last night for which it holds.'),
};

/** What a guard lets pass, and what it lets pass for a while. */
const settingOf = <Tolerance extends z.core.$ZodShape>(allowed: Tolerance) =>
  mapping({
    ...allowed,
    loosened: mapping({ ...allowed, ...loosening })
      .describe('Wider for a while; named in the status afterwards until it is taken out.')
      .optional(),
  }).optional();

const guard = settingOf(tolerance);

const pace = settingOf({
  ...tolerance,
  seconds: z.number().min(0).describe('So many seconds less are taken without a word.').optional(),
  seconds_percent: z
    .number()
    .min(0)
    .max(100)
    .describe('Or so many percent less, whichever is more.')
    .optional(),
});

/** `guards:` of a contract. */
export const guardsSchema = mapping({
  held_rows: guard.describe('Rows that broke their contract.'),
  departures: guard.describe('Keys that left without an explanation.'),
  parents: guard.describe('Rows whose parent left.'),
  rekeyed: guard.describe('Rows that left and entered again under another key.'),
  nulls: guard.describe('Rows in which an expected column became absent.'),
  orphans: guard.describe('Rows of which a reference leads nowhere any more.'),
  codes: guard.describe('Rows with a value never seen, or of a value that vanished.'),
  distribution: guard.describe('Rows that one value of a distribution lost.'),
  coverage: guard.describe('Rows of a raw table that another does not cover any more.'),
  faults: guard.describe('Rows with a fault that is watched, beyond those that had it.'),
  pace: pace.describe(
    'How many rows fewer, and how much faster, a source table is read than on recent nights.',
  ),
}).describe('What each guard lets pass, where that is not what it does by itself.');
