import type { Cell } from '../../../samples/tis/database/cell.ts';
import { connectSample } from '../../../samples/tis/database/connect.ts';
import { sampleComment } from '../../../samples/tis/database/mark.ts';
import type { SampleTarget } from '../../../samples/tis/database/target.ts';
import { databaseNames, type Table } from '../../../samples/tis/schema/table.ts';
import { findTable, sampleTables } from '../../../samples/tis/schema/tables.ts';
import type { TextRow } from '../text-table.ts';
import { assessmentStory } from './assessments.ts';
import { peopleStory } from './people.ts';
import { placementStory } from './placements.ts';
import { postStory } from './posts.ts';
import { programmeStory } from './programmes.ts';
import { referenceStory } from './reference.ts';

/** The night of the story. 56 days before it is 2026-04-06, 56 days after it 2026-07-27. */
export const storyNight = '2026-06-01';

const story: Readonly<Record<string, readonly TextRow[]>> = {
  ...referenceStory,
  ...peopleStory,
  ...programmeStory,
  ...postStory,
  ...placementStory,
  ...assessmentStory,
};

/** Makes a TIS that holds the story and nothing else. */
export async function fillWithStory(target: SampleTarget): Promise<void> {
  await using database = await connectSample(target);
  await database.createTables(sampleTables, sampleComment, false);
  for (const [name, rows] of Object.entries(story)) {
    const table = tableOf(name);
    const columns = Object.keys(rows[0] ?? {});
    const loaded = await database.load(
      table,
      columns,
      rows.map((row) => columns.map((column) => cellOf(table, column, row[column] ?? null))),
    );
    if (loaded !== rows.length) throw new Error(`${name} took ${loaded} rows of ${rows.length}.`);
  }
}

function tableOf(name: string): Table {
  const [database, table = ''] = name.split('.');
  const known = databaseNames.find((one) => one === database);
  if (known === undefined) throw new Error(`The story has a table ${name} of no service.`);
  return findTable(known, table);
}

function cellOf(table: Table, name: string, text: string | null): Cell {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`The story has a column ${table.name}.${name} that TIS has not.`);
  if (text === null) return null;
  if (text.startsWith('!')) return { lax: text.slice(1) };
  return column.type.startsWith('bit') ? text === '1' : text;
}
