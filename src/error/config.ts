import { define } from './definition.ts';

/** ` The nearest is "x".`, where there is one. */
function nearestIs(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` The nearest is "${nearest}".`;
}

/** Faults of a pipeline folder or a deployment file; each is given with file, line and column. */
export const configErrors = {
  'NJ-CONFIG-FOLDER-MISSING': define<{ folder: string; reason: string }>({
    class: 'release',
    example: { folder: '/srv/nightjar/pipelines/shop', reason: 'no such file or folder' },
    sentence: (d) => `The pipeline folder ${d.folder} cannot be read (${d.reason}).`,
    remedy:
      'Correct the path after "pipeline:" in the deployment file; it counts from the folder of that file.',
  }),
  'NJ-CONFIG-FILE-UNREADABLE': define<{ file: string; reason: string }>({
    class: 'release',
    example: { file: 'nightjar.yaml', reason: 'no such file or folder' },
    sentence: (d) => `The file ${d.file} cannot be read (${d.reason}).`,
    remedy: 'Check that it exists and that this user may read it.',
  }),
  'NJ-CONFIG-FILE-UNEXPECTED': define<{ file: string; expected: string; nearest: string | undefined }>({
    class: 'release',
    example: { file: 'dataset/book.sql', expected: 'sources/, seeds/ or datasets/', nearest: 'datasets' },
    sentence: (d) =>
      `${d.file} has no place in a pipeline folder: expected ${d.expected}.${nearestIs(d.nearest)}`,
    remedy:
      'Rename it or take it out of the folder. Files beginning with a dot and README.md are left alone.',
  }),
  'NJ-CONFIG-FILE-ALONE': define<{ file: string; missing: string }>({
    class: 'release',
    example: { file: 'datasets/book.sql', missing: 'datasets/book.yaml' },
    sentence: (d) => `${d.file} stands alone: its other half, ${d.missing}, is missing.`,
    remedy: 'A dataset is one .sql and one .yaml, a seed is one .csv and one .yaml, of the same name.',
  }),
  'NJ-CONFIG-FILE-EMPTY': define<{ file: string }>({
    class: 'release',
    example: { file: 'datasets/book.sql' },
    sentence: (d) => `${d.file} is empty.`,
    remedy:
      'Write it (docs/reference says what belongs in it: pipeline-files.md, and deployment-file.md for nightjar.yaml), or take it away.',
  }),
  'NJ-CONFIG-NOT-TEXT': define<{ file: string; found: string }>({
    class: 'release',
    example: { file: 'datasets/book.sql', found: 'a byte that is no UTF-8 in line 3' },
    sentence: (d) => `${d.file} is not text in UTF-8: found ${d.found}.`,
    remedy: 'Save the file in UTF-8.',
  }),
  'NJ-CONFIG-YAML': define<{ reason: string }>({
    class: 'release',
    example: { reason: 'a key without a colon behind it' },
    sentence: (d) => `This is not YAML: ${d.reason}.`,
    remedy: 'Look at the line, and at the indentation of the lines above it.',
  }),
  'NJ-CONFIG-YAML-FEATURE': define<{ found: string }>({
    class: 'release',
    example: { found: 'An alias (*)' },
    sentence: (d) => `${d.found} cannot be used here: every file says in plain words what it means.`,
    remedy: 'Write the values out.',
  }),
  'NJ-CONFIG-KEY-TWICE': define<{ key: string; firstLine: number }>({
    class: 'release',
    example: { key: 'description', firstLine: 2 },
    sentence: (d) => `"${d.key}" is here a second time; the first is in line ${d.firstLine}.`,
    remedy: 'Keep one of the two.',
  }),
  'NJ-CONFIG-KEY-UNKNOWN': define<{
    key: string;
    place: string;
    nearest: string | undefined;
    valid: readonly string[];
  }>({
    class: 'release',
    example: {
      key: 'drivng',
      place: 'a contract',
      nearest: 'driving',
      valid: ['description', 'grain', 'key', 'driving', 'columns'],
    },
    sentence: (d) =>
      `"${d.key}" is not a key of ${d.place}: expected ${d.valid.join(', ')}.${nearestIs(d.nearest)}`,
    remedy: 'Correct the spelling, or take the key out.',
  }),
  'NJ-CONFIG-KEY-MISSING': define<{ key: string; place: string }>({
    class: 'release',
    example: { key: 'grain', place: 'a contract' },
    sentence: (d) => `The key "${d.key}" is missing in ${d.place}.`,
    remedy: 'Add it; docs/reference has the keys of each file.',
  }),
  'NJ-CONFIG-VALUE': define<{ place: string; expected: string; found: string; nearest: string | undefined }>({
    class: 'release',
    example: {
      place: 'columns.title.presence',
      expected: 'required, expected or optional',
      found: '"requird"',
      nearest: 'required',
    },
    sentence: (d) => `${d.place}: expected ${d.expected}, found ${d.found}.${nearestIs(d.nearest)}`,
    remedy: 'Correct the value.',
  }),
  'NJ-CONFIG-NAME': define<{ name: string; what: string; reason: string }>({
    class: 'release',
    example: {
      name: 'pg_book',
      what: 'a dataset',
      reason: 'PostgreSQL keeps names that begin with pg_ for itself',
    },
    sentence: (d) =>
      `"${d.name}" cannot be the name of ${d.what}: ${d.reason}.` +
      (d.what.startsWith('a raw ') ? ' It gets another with "as:".' : ''),
    remedy: 'Choose another name.',
  }),
  'NJ-CONFIG-NAME-TWICE': define<{ name: string; what: string; first: string }>({
    class: 'release',
    example: { name: 'order_no', what: 'The column "Order-No"', first: 'the column "Order No"' },
    sentence: (d) => `${d.what} comes to the name "${d.name}", which ${d.first} has already.`,
    remedy: 'Give one of the two another name; a table or a column of a source gets one with "as:".',
  }),
  'NJ-CONFIG-LOGIN-TWICE': define<{ login: string; consumer: string; owner: string }>({
    class: 'release',
    example: { login: 'reports_1', consumer: 'till', owner: 'reports' },
    sentence: (d) =>
      d.consumer === d.owner
        ? `The login "${d.login}" is here a second time.`
        : `The login "${d.login}" of "${d.consumer}" is one of "${d.owner}" already, and a login belongs to one consumer: it tells who reads.`,
    remedy: 'Give each consumer logins of its own, and name each once.',
  }),
  'NJ-CONFIG-UNKNOWN': define<{ what: string; name: string; place: string; nearest: string | undefined }>({
    class: 'release',
    example: { what: 'dataset', name: 'boook', place: 'in the pipeline', nearest: 'book' },
    sentence: (d) => `There is no ${d.what} "${d.name}" ${d.place}.${nearestIs(d.nearest)}`,
    remedy: 'Correct the name, or declare it.',
  }),
  'NJ-CONFIG-NO-KEY': define<{ dataset: string }>({
    class: 'release',
    example: { dataset: 'order_line' },
    sentence: (d) => `The dataset "${d.dataset}" has no key: expected the columns that identify a row.`,
    remedy: 'Name them under "key:"; without a key nobody can say which rows came and went.',
  }),
  'NJ-CONFIG-REPEATED': define<{ name: string; place: string }>({
    class: 'release',
    example: { name: 'line_no', place: 'the key' },
    sentence: (d) => `"${d.name}" is in ${d.place} more than once.`,
    remedy: 'Keep it once.',
  }),
  'NJ-CONFIG-KEY-REPAIR': define<{ table: string; column: string; key: string }>({
    class: 'release',
    example: { table: 'shop_order_line', column: 'line_no', key: 'dataset order_line' },
    sentence: (d) =>
      `${d.table}.${d.column} is part of the key of ${d.key}: no cell of a key may be repaired.`,
    remedy: 'Take the limit out, or write 0.',
  }),
  'NJ-CONFIG-CYCLE': define<{ path: readonly string[] }>({
    class: 'release',
    example: { path: ['book', 'sale', 'book'] },
    sentence: (d) => `These datasets read each other in a circle: ${d.path.join(' → ')}.`,
    remedy: 'Take what both need into a dataset of its own that reads neither.',
  }),
  'NJ-CONFIG-COLUMN-UNSELECTED': define<{ column: string; dataset: string; nearest: string | undefined }>({
    class: 'release',
    example: { column: 'title', dataset: 'book', nearest: 'titel' },
    sentence: (d) =>
      `The contract has a column "${d.column}" that the SELECT of ${d.dataset} does not give.${nearestIs(d.nearest)}`,
    remedy: 'Select it under this name, or take it out of the contract.',
  }),
  'NJ-CONFIG-COLUMN-UNCONTRACTED': define<{ column: string; dataset: string; nearest: string | undefined }>({
    class: 'release',
    example: { column: 'titel', dataset: 'book', nearest: 'title' },
    sentence: (d) =>
      `The SELECT gives a column "${d.column}" that the contract of ${d.dataset} does not have.${nearestIs(d.nearest)}`,
    remedy: 'Describe it in the contract, or leave it out of the SELECT.',
  }),
  'NJ-CONFIG-SQL-SYNTAX': define<{ reason: string }>({
    class: 'release',
    example: { reason: 'syntax error at or near "fom"' },
    sentence: (d) => `PostgreSQL's grammar does not read this: ${d.reason}.`,
    remedy: 'Correct the SQL at the place named.',
  }),
  'NJ-CONFIG-SQL-STATEMENT': define<{ expected: string; found: string }>({
    class: 'release',
    example: { expected: 'exactly one SELECT', found: 'an UPDATE' },
    sentence: (d) => `Expected ${d.expected}, found ${d.found}.`,
    remedy: 'A dataset is exactly one SELECT; a rule is one expression that is true or false.',
  }),
  'NJ-CONFIG-SQL-SCHEMA': define<{ name: string; schema: string }>({
    class: 'release',
    example: { name: 'shop_book', schema: 'public' },
    sentence: (d) => `"${d.name}" stands behind a schema ("${d.schema}"): expected the name alone.`,
    remedy: 'Leave the schema out: each night has schemas of its own, and the path leads to them.',
  }),
  'NJ-CONFIG-SQL-TABLE': define<{ name: string; nearest: string | undefined }>({
    class: 'release',
    example: { name: 'shop_boook', nearest: 'shop_book' },
    sentence: (d) => `"${d.name}" is neither a raw table, a seed nor a dataset.${nearestIs(d.nearest)}`,
    remedy: 'Correct the name, or declare the table in a file under sources/.',
  }),
  'NJ-CONFIG-SQL-COLUMN': define<{ name: string; place: string; nearest: string | undefined }>({
    class: 'release',
    example: { name: 'titel', place: 'shop_book', nearest: 'title' },
    sentence: (d) => `There is no column "${d.name}" in ${d.place}.${nearestIs(d.nearest)}`,
    remedy: 'Correct the name, or declare the column in the file of its source.',
  }),
  'NJ-CONFIG-SQL-ALIAS': define<{ name: string; nearest: string | undefined }>({
    class: 'release',
    example: { name: 'bk', nearest: 'b' },
    sentence: (d) => `"${d.name}" is not in the FROM.${nearestIs(d.nearest)}`,
    remedy: "Write the alias that the FROM gives the table, or the table's name where it gives none.",
  }),
  'NJ-CONFIG-SQL-AMBIGUOUS': define<{ name: string; places: readonly string[] }>({
    class: 'release',
    example: { name: 'isbn', places: ['shop_book', 'shop_order_line'] },
    sentence: (d) => `"${d.name}" may be a column of ${d.places.join(' or of ')}.`,
    remedy: 'Put the table and a dot before it.',
  }),
  'NJ-CONFIG-SQL-STAR': define<{ found: string }>({
    class: 'release',
    example: { found: 'b.*' },
    sentence: (d) => `Columns are named one by one: expected their names, found "${d.found}".`,
    remedy: 'Name the columns: with a star, a column that the source moves would end up under another name.',
  }),
  'NJ-CONFIG-SQL-UNNAMED': define<{ ordinal: number }>({
    class: 'release',
    example: { ordinal: 3 },
    sentence: (d) => `The ${d.ordinal}. column of the SELECT has no name.`,
    remedy: 'Add "as" and the name it has in the contract.',
  }),
  'NJ-CONFIG-SQL-CLOCK': define<{ found: string }>({
    class: 'release',
    example: { found: 'current_date' },
    sentence: (d) => `${d.found} reads the clock: the same night built twice would give two answers.`,
    remedy: 'Use as_of(), the date of the night.',
  }),
  'NJ-CONFIG-SQL-TEXT-DATE': define<{ found: string }>({
    class: 'release',
    example: { found: 'o.delivered' },
    sentence: (d) =>
      `${d.found} is a text that becomes a date: PostgreSQL reads "today" in it by the clock, and ends the build where it is no date.`,
    remedy:
      'Use strict_date(…), which takes 2026-11-20 and gives null for anything else, or to_date(…) with a format.',
  }),
  'NJ-CONFIG-SQL-RANDOM': define<{ found: string }>({
    class: 'release',
    example: { found: 'random()' },
    sentence: (d) => `${d.found} is random: the same night built twice would give two answers.`,
    remedy: 'Derive the value from the data.',
  }),
  'NJ-CONFIG-SQL-SERVER': define<{ found: string }>({
    class: 'release',
    example: { found: 'current_setting()' },
    sentence: (d) =>
      `${d.found} depends on the server or the session, or changes it: a dataset may only depend on its data.`,
    remedy: 'Derive the value from the data.',
  }),
  'NJ-CONFIG-SQL-FLOAT': define<{ found: string }>({
    class: 'release',
    example: { found: 'sum()' },
    sentence: (d) => `${d.found} of floating-point numbers changes with the order in which rows are read.`,
    remedy: 'Cast each number to numeric with a scale first: sum(x::numeric(12,4)).',
  }),
  'NJ-CONFIG-SQL-ORDER': define<{ found: string; open: string }>({
    class: 'release',
    example: {
      found: 'string_agg()',
      open: 'rows of shop_order_line with the same quantity may come either way',
    },
    sentence: (d) => `${d.found} depends on an order that is not total: ${d.open}.`,
    remedy: 'Add the key of what is left open to the ORDER BY.',
  }),
  'NJ-CONFIG-SQL-FOLD': define<{ left: string; right: string }>({
    class: 'release',
    example: { left: 'b.isbn', right: 'l.isbn' },
    sentence: (d) =>
      `${d.left} and ${d.right} are compared as text without saying how: the source may take "ABC" and "abc " for equal, PostgreSQL does not.`,
    remedy: 'Put both sides inside exact(…), fold_case(…) or fold_mysql(…).',
  }),
  'NJ-CONFIG-CSV': define<{ reason: string }>({
    class: 'release',
    example: { reason: 'a quote is opened and never closed' },
    sentence: (d) => `This is not CSV: ${d.reason}.`,
    remedy: 'Cells with a comma, a quote or a line break stand in double quotes; a quote inside is doubled.',
  }),
  'NJ-CONFIG-SEED-HEADER': define<{ expected: string; found: string }>({
    class: 'release',
    example: { expected: 'code, label', found: 'label, code' },
    sentence: (d) => `The first line must name the columns: expected ${d.expected}, found ${d.found}.`,
    remedy: 'Name the columns as in the .yaml beside it, in the same order.',
  }),
  'NJ-CONFIG-SEED-WIDTH': define<{ expected: number; found: number }>({
    class: 'release',
    example: { expected: 2, found: 3 },
    sentence: (d) => `Expected ${d.expected} cells in this row, found ${d.found}.`,
    remedy: 'Add or take away a comma; a cell with a comma in it stands in double quotes.',
  }),
  'NJ-CONFIG-SEED-CELL': define<{ column: string; expected: string }>({
    class: 'release',
    example: { column: 'valid_from', expected: 'a date such as 2026-11-20' },
    sentence: (d) => `The cell of column "${d.column}" is not ${d.expected}.`,
    remedy: 'Correct the cell, or the type of the column.',
  }),
  'NJ-CONFIG-PASSWORD': define<{ place: string }>({
    class: 'release',
    example: { place: 'environments.shop.warehouse.password' },
    sentence: (d) =>
      `${d.place} holds a password in clear: expected a reference such as \${WAREHOUSE_PASSWORD}.`,
    remedy:
      'Move it to an environment variable, or to a file that <NAME>_FILE names; and change it, it has been in a file.',
  }),
  'NJ-CONFIG-SETTING-MISSING': define<{ variable: string; reason: string }>({
    class: 'release',
    example: { variable: 'WAREHOUSE_PASSWORD', reason: 'neither it nor WAREHOUSE_PASSWORD_FILE is set' },
    sentence: (d) => `The setting ${d.variable} has no value: ${d.reason}.`,
    remedy:
      'Set either the environment variable, or in <NAME>_FILE the name of a file that holds the value; not both.',
  }),
  'NJ-CONFIG-SHARED-WAREHOUSE': define<{ environment: string; other: string }>({
    class: 'release',
    example: { environment: 'staging', other: 'production' },
    sentence: (d) =>
      `The environments "${d.environment}" and "${d.other}" have the same warehouse; environments share nothing.`,
    remedy: 'Give each environment a database of its own.',
  }),
};
