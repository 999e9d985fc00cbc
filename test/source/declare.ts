import type { DeclaredType } from '../../src/pipeline/declared-type.ts';
import type { LiveTable, SourceConnection, TableToRead } from '../../src/source/source.ts';

/** How a test's declaration differs from what the source has. */
export interface Declaring {
  readonly volatile?: boolean;
  /** Types by column, in place of the live ones. */
  readonly types?: Readonly<Record<string, DeclaredType>>;
  /** Raw names of the columns of the key. */
  readonly key?: readonly string[];
  /** Columns in place of all. */
  readonly columns?: readonly string[];
}

/** Declares a live table as it is: raw names are `raw_<n>` and `c<n>`, so that odd names stay in the source. */
export function declare(live: LiveTable, rawName: string, declaring: Declaring = {}): TableToRead {
  const columns = live.columns
    .filter((column) => declaring.columns?.includes(column.name) ?? true)
    .map((column, index) => {
      const type = declaring.types?.[column.name] ?? column.type;
      if (type === undefined) throw new Error(`no type for ${column.printed}`);
      return { column: column.name, name: `c${index}`, type };
    });
  return {
    schema: live.schema,
    declared: {
      source: 'test',
      table: live.table,
      name: rawName,
      key: declaring.key ?? [],
      volatile: declaring.volatile ?? false,
      columns,
    },
  };
}

/** Declares one table of a source as it is. */
export async function declareTable(
  source: SourceConnection,
  schema: string,
  table: string,
  declaring?: Declaring,
): Promise<TableToRead> {
  const { tables: live } = await source.describe(schema, new AbortController().signal);
  const found = live.find((candidate) => candidate.table === table);
  if (found === undefined) throw new Error(`no table ${table}`);
  return declare(found, 'raw_0', declaring);
}
