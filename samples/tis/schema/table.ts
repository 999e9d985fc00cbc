/** The service databases of TIS that the pipeline reads. `profile` is left out: nothing shows that the transfer reads it. */
export const databaseNames = ['tcs', 'reference', 'assessments'] as const;
export type DatabaseName = (typeof databaseNames)[number];

export interface Column {
  readonly name: string;
  /** As MySQL says it, e.g. `varchar(255)`, `bit(1)`, `enum('A','B')`. */
  readonly type: string;
  readonly notNull: boolean;
  /** As MySQL says it, e.g. `current_timestamp(3)`, `b'0'`, `'CURRENT'`, `0`. */
  readonly defaultValue: string | undefined;
}

export interface Index {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
}

export interface Table {
  readonly database: DatabaseName;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly Index[];
  /** Columns that the real schema ties to another table of the same database by a foreign key: `Table.column`. */
  readonly references: Readonly<Record<string, string>>;
}

interface TableFacts {
  /** `name type [not null] [default value]`, one line a column, in the order of the real table. */
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  /** `[unique] name column column …` */
  readonly indexes?: readonly string[];
  readonly references?: Readonly<Record<string, string>>;
}

export function table(database: DatabaseName, name: string, facts: TableFacts): Table {
  return {
    database,
    name,
    columns: facts.columns.map(readColumn),
    primaryKey: facts.primaryKey,
    indexes: (facts.indexes ?? []).map(readIndex),
    references: facts.references ?? {},
  };
}

function readColumn(line: string): Column {
  const match = /^(\S+) (enum\(.*?\)|\S+)( not null)?(?: default (.+))?$/.exec(line);
  const name = match?.[1];
  const type = match?.[2];
  if (name === undefined || type === undefined)
    throw new Error(`This line does not describe a column: ${line}`);
  return { name, type, notNull: match?.[3] !== undefined, defaultValue: match?.[4] };
}

function readIndex(line: string): Index {
  const words = line.split(' ');
  const unique = words[0] === 'unique';
  const [name, ...columns] = unique ? words.slice(1) : words;
  if (name === undefined || columns.length === 0)
    throw new Error(`This line does not describe an index: ${line}`);
  return { name, unique, columns };
}
