import { define } from './definition.ts';

export const warehouseErrors = {
  'NJ-WAREHOUSE-UNREACHABLE': define<{ address: string; reason: string }>({
    class: 'transient',
    example: { address: 'warehouse.example.org:5432', reason: 'ECONNREFUSED' },
    sentence: (d) => `The warehouse at ${d.address} cannot be reached (${d.reason}).`,
    remedy:
      'Check the address, the route and that the server is up; then run again. What is published stays as it is.',
  }),
  'NJ-WAREHOUSE-REFUSED': define<{ address: string; user: string }>({
    class: 'source',
    example: { address: 'warehouse.example.org:5432', user: 'nightjar' },
    sentence: (d) => `The warehouse at ${d.address} refuses user "${d.user}".`,
    remedy:
      'Check the user and the password (or the file it is read from); both are read again at each connection.',
  }),
  'NJ-WAREHOUSE-NO-DATABASE': define<{ address: string; database: string }>({
    class: 'source',
    example: { address: 'warehouse.example.org:5432', database: 'shop' },
    sentence: (d) => `The warehouse at ${d.address} has no database "${d.database}".`,
    remedy: 'Create it, or correct "warehouse.database" in the deployment file.',
  }),
  'NJ-WAREHOUSE-NOT-PREPARED': define<{ database: string; missing: string; line: string }>({
    class: 'source',
    example: {
      database: 'shop',
      missing: 'the consumer role "reports" has no right of its own to connect to this database',
      line: 'grant connect on database "shop" to "reports";',
    },
    sentence: (d) =>
      `The warehouse database "${d.database}" is not prepared: ${d.missing}. What mends it: ${d.line}`,
    remedy:
      'Let an administrator run that line in the database, or all that "nightjar warehouse sql" prints; then run "nightjar check" again.',
  }),
  'NJ-WAREHOUSE-NO-RUN': define<{ environment: string }>({
    class: 'source',
    example: { environment: 'staging' },
    sentence: (d) =>
      `No run has been in the warehouse of "${d.environment}" yet, so that there is nothing to show: no consumer has anything.`,
    remedy: 'Start the first with "nightjar run"; "nightjar check" says before whether it can succeed.',
  }),
  'NJ-WAREHOUSE-OTHER-ENVIRONMENT': define<{ database: string; owner: string; environment: string }>({
    class: 'source',
    example: {
      database: 'warehouse.example.org:5432/nights',
      owner: 'production',
      environment: 'staging',
    },
    sentence: (d) =>
      `The warehouse ${d.database} is that of the environment "${d.owner}", and "${d.environment}" is to work in it: environments share no warehouse, since each is judged by what it published itself.`,
    remedy:
      'Correct "warehouse" of the environment in the deployment file, or choose the environment that is meant. Where it was renamed on purpose, say so in the warehouse, as our role: update nightjar.environment set name = \'NEW\'; Nothing was changed.',
  }),
  'NJ-WAREHOUSE-OLDER': define<{ database: string; missing: readonly string[] }>({
    class: 'release',
    example: { database: 'warehouse.example.org:5432/production', missing: ['0009-verifications.sql'] },
    sentence: (d) =>
      `The control schema in ${d.database} is that of an older release: this one needs ${d.missing.join(', ')} too.`,
    remedy:
      'The next run brings it up to date by itself; "nightjar run --dry-run -e NAME" does so now, and publishes nothing. Until then ask with the older release.',
  }),
  'NJ-WAREHOUSE-NEWER': define<{ database: string; found: number; known: number }>({
    class: 'release',
    example: { database: 'shop', found: 9, known: 4 },
    sentence: (d) =>
      `The control schema of "${d.database}" is at step ${d.found}, and this release knows ${d.known}: a newer release was here, and it left a mark that an older one cannot live with.`,
    remedy: 'Run the newer release. Nothing was changed.',
  }),
  'NJ-WAREHOUSE-STEP-DIFFERS': define<{ database: string; step: string }>({
    class: 'release',
    example: { database: 'shop', step: '0001-control.sql' },
    sentence: (d) =>
      `The control schema of "${d.database}" was prepared by another form of step ${d.step} than this release has: by something that was never released, or was changed since.`,
    remedy:
      'Run the release that prepared it. A warehouse for trials can be emptied instead: drop its database and make it again. Nothing was changed.',
  }),
  'NJ-WAREHOUSE-FULL': define<{ during: string }>({
    class: 'capacity',
    example: { during: 'the reading of bookshop.order line' },
    sentence: (d) => `The warehouse ran out of room during ${d.during}.`,
    remedy:
      'Free space on the warehouse ("nightjar check" says how much a night needs), or keep fewer generations.',
  }),
  'NJ-WAREHOUSE-MEMORY': define<{ during: string }>({
    class: 'capacity',
    example: { during: 'the build of order_line' },
    sentence: (d) => `The warehouse ran out of memory or of lock slots during ${d.during}.`,
    remedy:
      'Raise max_locks_per_transaction or the memory of the server, or lower "workers". Where a session has filled the table of locks (an open transaction with thousands of savepoints does), an administrator ends it.',
  }),
  'NJ-WAREHOUSE-LOST': define<{ during: string; reason: string }>({
    class: 'transient',
    example: { during: 'the build of order_line', reason: 'ECONNRESET' },
    sentence: (d) => `The connection to the warehouse was lost during ${d.during} (${d.reason}).`,
    remedy: 'Run again once the warehouse is back. What is published stays as it is.',
  }),
  'NJ-WAREHOUSE-RAW-LOST': define<{ table: string; expected: number; found: number }>({
    class: 'transient',
    example: { table: 'shop_order_line', expected: 1200, found: 0 },
    sentence: (d) =>
      `Raw table ${d.table} held ${d.expected} rows when it had been read, and holds ${d.found} now: the warehouse's server crashed and came back, or somebody changed the table.`,
    remedy:
      'Run again. Raw tables are unlogged: a crash of the server empties them, and what is published stays.',
  }),
  'NJ-WAREHOUSE-DENIED': define<{ during: string }>({
    class: 'source',
    example: { during: 'the schema of the views' },
    sentence: (d) => `The warehouse does not let our role do what is needed during ${d.during}.`,
    remedy:
      'Run "nightjar check": it names each right that is missing and the line of "nightjar warehouse sql" that gives it.',
  }),
  'NJ-WAREHOUSE-LOCKED': define<{ during: string }>({
    class: 'transient',
    example: { during: 'the removal of generation_35' },
    sentence: (d) => `Another session held a lock for longer than we wait, during ${d.during}.`,
    remedy: 'Run again; if it repeats, find the session in pg_locks. No reader can hold such a lock.',
  }),
  'NJ-WAREHOUSE-STATEMENT': define<{ during: string; sqlstate: string }>({
    class: 'bug',
    example: { during: 'the list of generations', sqlstate: '42703' },
    sentence: (d) => `The warehouse refused a statement during ${d.during} (SQLSTATE ${d.sqlstate}).`,
    remedy:
      "Look the code up in PostgreSQL's list of error codes. The server's own words may hold row values: they are in its log, not here.",
  }),
  'NJ-WAREHOUSE-TOO-MANY-COLUMNS': define<{ table: string; columns: number; limit: number }>({
    class: 'release',
    example: { table: 'shop_survey', columns: 1800, limit: 1600 },
    sentence: (d) =>
      `Raw table ${d.table} would have ${d.columns} columns and PostgreSQL takes at most ${d.limit} of these types.`,
    remedy: 'Declare only the columns that a dataset uses.',
  }),
  'NJ-WAREHOUSE-ROW-TOO-WIDE': define<{ during: string }>({
    class: 'release',
    example: { during: 'the loading of shop_survey' },
    sentence: (d) =>
      `A row does not fit a page of the warehouse, during ${d.during}: PostgreSQL stores long values elsewhere, but has 8 kB for all short ones of a row together.`,
    remedy: 'Declare fewer columns of the table: only those that a dataset uses.',
  }),
  'NJ-WAREHOUSE-UNENCRYPTED': define<{ address: string }>({
    class: 'source',
    example: { address: 'warehouse.example.org:5432' },
    sentence: (d) =>
      `The connection to the warehouse at ${d.address} must be encrypted and verified, and the server does not offer that.`,
    remedy:
      'Give the server a certificate and name its authority under "tls: { ca: … }", or write "tls: off" to accept it.',
  }),
};
