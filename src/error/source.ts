import { amount, grouped } from './amount.ts';
import { differenceWords, type DifferenceCounts } from './difference-words.ts';
import { define } from './definition.ts';

function theNearest(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` The nearest is ${nearest}.`;
}

interface ColumnTypes {
  readonly table: string;
  readonly column: string;
  readonly declared: string;
  /** In the source's own words. */
  readonly found: string;
  /** The same in a pipeline's words; `undefined` where only a result was seen. */
  readonly declare: string | undefined;
}

function toDeclare({ declare }: ColumnTypes): string {
  return declare === undefined ? '' : `, which is to be declared ${declare}`;
}

export const sourceErrors = {
  'NJ-SOURCE-UNREACHABLE': define<{ connection: string; address: string; reason: string }>({
    class: 'transient',
    example: { connection: 'shop', address: 'shop.example.org:3306', reason: 'ECONNREFUSED' },
    sentence: (d) =>
      `The source connection "${d.connection}" at ${d.address} cannot be reached (${d.reason}).`,
    remedy: 'Check the address, the route and that the server is up; then run again.',
  }),
  'NJ-SOURCE-DENIED': define<{ connection: string; user: string; address: string }>({
    class: 'source',
    example: { connection: 'shop', user: 'nightjar', address: 'shop.example.org:3306' },
    sentence: (d) => `The source connection "${d.connection}" at ${d.address} refuses user "${d.user}".`,
    remedy:
      'Check the user and the password (or the file it is read from); both are read again at each connection.',
  }),
  'NJ-SOURCE-NO-DATABASE': define<{ connection: string; address: string; database: string }>({
    class: 'source',
    example: { connection: 'shop', address: 'shop.example.org:5432', database: 'bookshopp' },
    sentence: (d) =>
      `The source connection "${d.connection}" at ${d.address} has no database "${d.database}".`,
    remedy: 'Correct "database" of the connection in the deployment file.',
  }),
  'NJ-SOURCE-DATABASE-DENIED': define<{
    connection: string;
    address: string;
    database: string;
    user: string;
    grant: string;
  }>({
    class: 'source',
    example: {
      ...{ connection: 'shop', address: 'shop.example.org:5432', database: 'bookshop', user: 'nightjar' },
      grant: 'GRANT CONNECT ON DATABASE "bookshop" TO "nightjar";',
    },
    sentence: (d) =>
      `The source connection "${d.connection}" at ${d.address} knows user "${d.user}", but does not let it connect to database "${d.database}". What lets it: ${d.grant}`,
    remedy: 'Let an administrator of the source run that line.',
  }),
  'NJ-SOURCE-UNENCRYPTED': define<{ connection: string; address: string }>({
    class: 'source',
    example: { connection: 'shop', address: 'shop.example.org:3306' },
    sentence: (d) =>
      `The connection "${d.connection}" to ${d.address} must be encrypted and verified, and the server does not offer that.`,
    remedy:
      'Give the server a certificate and name its authority under "tls: { ca: … }", or write "tls: off" to accept it.',
  }),
  'NJ-SOURCE-SCHEMA-MISSING': define<{
    connection: string;
    schema: string;
    nearest: string | undefined;
    tables: number;
    grant: string | undefined;
  }>({
    class: 'source',
    example: {
      ...{ connection: 'shop', schema: 'bookshopp', nearest: 'bookshop', tables: 3 },
      grant: "GRANT SELECT ON `bookshopp`.* TO 'nightjar'@'%';",
    },
    sentence: (d) =>
      `The connection "${d.connection}" has no schema ${d.schema} that our user is shown; ${amount(d.tables, 'declared table')} should be there.` +
      theNearest(d.nearest) +
      (d.grant === undefined ? '' : ` If it is there: ${d.grant}`),
    remedy:
      'Correct "schema" of the source in the deployment file (in MySQL and MariaDB it is the database); or let an administrator of the source look, and grant it: they hide a database of which a user may read nothing.',
  }),
  'NJ-SOURCE-VIEW-BROKEN': define<{ view: string }>({
    class: 'source',
    example: { view: 'bookshop.stock_value' },
    sentence: (d) =>
      `View ${d.view} is there, but the source cannot say which columns it has: a table or column that it reads is gone, or the view's definer may not read it.`,
    remedy:
      'Let an administrator of the source mend the view (CHECK TABLE says what it lacks), or leave it out of the pipeline.',
  }),
  'NJ-SOURCE-FOREIGN': define<{ table: string }>({
    class: 'source',
    example: { table: 'bookshop.supplier' },
    sentence: (d) =>
      `Table ${d.table} is a foreign table, or reads from one: its rows lie on another server, so they cannot be read with the others as of one instant.`,
    remedy:
      'Declare that server as a connection of its own and read the table there, or read a copy of it, such as a materialised view.',
  }),
  'NJ-SOURCE-ROWS-HIDDEN': define<{ table: string; unhide: string }>({
    class: 'source',
    example: { table: 'bookshop.customer', unhide: 'ALTER ROLE nightjar BYPASSRLS;' },
    sentence: (d) =>
      `Row-level security may hide rows of table ${d.table} from our user, and a row that is hidden would look deleted. What shows all: ${d.unhide}`,
    remedy:
      'Let an administrator of the source run that line; or read a view of the table whose owner sees all its rows.',
  }),
  'NJ-SOURCE-TABLE-MISSING': define<{ connection: string; table: string; nearest: string | undefined }>({
    class: 'source',
    example: { connection: 'shop', table: 'bookshop.boook', nearest: 'book' },
    sentence: (d) =>
      `Table ${d.table} is declared, but the connection "${d.connection}" has none of that name.` +
      theNearest(d.nearest),
    remedy: 'Correct the name, or take it out of the pipeline.',
  }),
  'NJ-SOURCE-TABLE-NOT-SHOWN': define<{
    connection: string;
    table: string;
    nearest: string | undefined;
    grant: string;
  }>({
    class: 'source',
    example: {
      connection: 'shop',
      table: 'bookshop.boook',
      nearest: 'book',
      grant: "GRANT SELECT ON `bookshop`.`boook` TO 'nightjar'@'%';",
    },
    sentence: (d) =>
      `Table ${d.table} is declared, but the connection "${d.connection}" shows our user none of that name: it is not there, or not granted.` +
      `${theNearest(d.nearest)} If it is there: ${d.grant}`,
    remedy:
      'Let an administrator of the source look, and grant it; or correct the name, or take it out of the pipeline. MySQL and MariaDB hide what a user may not use.',
  }),
  'NJ-SOURCE-TABLE-UNREADABLE': define<{ connection: string; table: string; grant: string }>({
    class: 'source',
    example: {
      connection: 'shop',
      table: 'bookshop.book',
      grant: 'GRANT SELECT ON "bookshop"."book" TO nightjar;',
    },
    sentence: (d) =>
      `Table ${d.table} is there, but our user on the connection "${d.connection}" may read none of its declared columns. What lets it: ${d.grant}`,
    remedy: 'Let an administrator of the source run that line.',
  }),
  'NJ-SOURCE-COLUMN-MISSING': define<{ table: string; column: string; nearest: string | undefined }>({
    class: 'source',
    example: { table: 'bookshop.book', column: 'titel', nearest: 'title' },
    sentence: (d) =>
      `Column ${d.table}.${d.column} is declared, but the source has none of that name.` +
      theNearest(d.nearest),
    remedy: 'Correct the declaration, or publish a release of the pipeline that no longer reads it.',
  }),
  'NJ-SOURCE-COLUMN-NOT-SHOWN': define<{
    table: string;
    columns: readonly { readonly name: string; readonly nearest: string | undefined }[];
    grant: string;
  }>({
    class: 'source',
    example: {
      table: 'bookshop.book',
      columns: [
        { name: 'titel', nearest: 'title' },
        { name: 'isbn', nearest: undefined },
      ],
      grant: "GRANT SELECT (`titel`, `isbn`) ON `bookshop`.`book` TO 'nightjar'@'%';",
    },
    sentence: (d) => {
      const names = d.columns.map(({ name, nearest }) =>
        nearest === undefined ? name : `${name} (the nearest is ${nearest})`,
      );
      return `Of ${d.table}, the source shows our user no column ${names.join(', ')}: not there, or not granted. If there: ${d.grant}`;
    },
    remedy:
      'Let an administrator of the source look, and grant them; or correct the declaration. MySQL and MariaDB hide what a user may not use.',
  }),
  'NJ-SOURCE-COLUMN-UNREADABLE': define<{ table: string; columns: readonly string[]; grant: string }>({
    class: 'source',
    example: {
      table: 'bookshop.book',
      columns: ['title', 'isbn'],
      grant: 'GRANT SELECT ("title", "isbn") ON "bookshop"."book" TO nightjar;',
    },
    sentence: (d) => `Of ${d.table}, our user may not read ${d.columns.join(', ')}. What lets it: ${d.grant}`,
    remedy: 'Let an administrator of the source run that line.',
  }),
  'NJ-SOURCE-COLUMN-RETYPED': define<ColumnTypes>({
    class: 'source',
    example: {
      ...{ table: 'bookshop.book', column: 'printed', declared: 'date' },
      ...{ found: 'datetime(6)', declare: 'timestamp(6)' },
    },
    sentence: (d) =>
      `Column ${d.table}.${d.column} is declared ${d.declared}, but the source has ${d.found}${toDeclare(d)}.`,
    remedy: 'Look at what changed in the source, then declare the new type and release the pipeline again.',
  }),
  'NJ-SOURCE-COLUMN-NARROWED': define<ColumnTypes>({
    class: 'source',
    example: {
      ...{ table: 'bookshop.book', column: 'title', declared: 'varchar(200)' },
      ...{ found: 'character varying(80)', declare: 'varchar(80)' },
    },
    sentence: (d) =>
      `Column ${d.table}.${d.column} is declared ${d.declared}, but the source has become narrower: ${d.found}${toDeclare(d)}.`,
    remedy: 'Ask whether values were cut; then declare the narrower type.',
  }),
  'NJ-SOURCE-COLUMN-FINER': define<ColumnTypes>({
    class: 'source',
    example: {
      ...{ table: 'bookshop.book', column: 'price', declared: 'numeric(6,1)' },
      ...{ found: 'decimal(8,2)', declare: 'numeric(8,2)' },
    },
    sentence: (d) =>
      `Column ${d.table}.${d.column} is declared ${d.declared}, but the source has more digits behind the point: ${d.found}${toDeclare(d)}.`,
    remedy:
      'Declare that type, and give the contract one that holds its values. Where consumers are to have fewer digits, round in the SELECT of the dataset: nothing is rounded without being told.',
  }),
  'NJ-SOURCE-KEY-FALSE': define<{
    table: string;
    key: readonly string[];
    repeated: number;
    incomplete: number;
  }>({
    class: 'source',
    example: { table: 'bookshop.order_line', key: ['order_no'], repeated: 3, incomplete: 0 },
    sentence: (d) => {
      const repeated = `${amount(d.repeated, 'key')} ${d.repeated === 1 ? 'belongs' : 'belong'} to more than one row`;
      const incomplete = `${amount(d.incomplete, 'row')} ${d.incomplete === 1 ? 'lacks' : 'lack'} a part of it`;
      const found = [...(d.repeated === 0 ? [] : [repeated]), ...(d.incomplete === 0 ? [] : [incomplete])];
      return `The declared key of table ${d.table} (${d.key.join(', ')}) does not tell its rows apart: ${found.join(', and ')}.`;
    },
    remedy:
      'Declare the columns that do, or leave "key" out: whether a SELECT gives the same rows every night is judged by it. Or mend the source.',
  }),
  'NJ-SOURCE-TYPE-UNKNOWN': define<{ table: string; column: string; found: string }>({
    class: 'source',
    example: { table: 'bookshop.book', column: 'mood', found: 'emotion' },
    sentence: (d) =>
      `Column ${d.table}.${d.column} has the type ${d.found}, for which Nightjar has no entry in its type map.`,
    remedy:
      'Leave the column out, or read a view of the source that casts it to a type of the map (docs/reference/types.md).',
  }),
  'NJ-SOURCE-ENGINE': define<{ table: string; engine: string }>({
    class: 'source',
    example: { table: 'bookshop.book', engine: 'MyISAM' },
    sentence: (d) =>
      `Table ${d.table} uses the storage engine ${d.engine}: it changes inside a snapshot, so it cannot be read with the others as of one instant.`,
    remedy: 'Convert it to InnoDB, or leave it out of the pipeline.',
  }),
  'NJ-SOURCE-SNAPSHOT-REFUSED': define<{ connection: string; expected: string; found: string }>({
    class: 'source',
    example: { connection: 'shop', expected: 'REPEATABLE-READ', found: 'READ-COMMITTED' },
    sentence: (d) =>
      `The connection "${d.connection}" gave no consistent snapshot: expected ${d.expected}, found ${d.found}.`,
    remedy:
      'Check that nothing between Nightjar and the server (a proxy, an init_connect setting) changes the session.',
  }),
  'NJ-SOURCE-TABLE-CHANGED': define<{ table: string; attempts: number }>({
    class: 'transient',
    example: { table: 'bookshop.stock', attempts: 3 },
    sentence: (d) =>
      `Table ${d.table} was truncated or altered under our snapshot in each of ${d.attempts} attempts (MySQL error 1412, or a new file in PostgreSQL).`,
    remedy: 'Find the job that rewrites it at this hour; declare the table "volatile: true" or move the job.',
  }),
  'NJ-SOURCE-CUT-SHORT': define<{ table: string; expected: string; received: string }>({
    class: 'transient',
    example: { table: 'bookshop.order line', expected: '1200', received: '1199' },
    sentence: (d) =>
      `The source counted ${amount(BigInt(d.expected), 'row')} in ${d.table} in this snapshot, but ${grouped(BigInt(d.received))} arrived.`,
    remedy:
      'The result was cut short between the source and us. Run again; if it repeats, look at the network and the server log.',
  }),
  'NJ-SOURCE-LOST': define<{ connection: string; table: string; reason: string }>({
    class: 'transient',
    example: { connection: 'shop', table: 'bookshop.order line', reason: 'ECONNRESET' },
    sentence: (d) =>
      `The source connection "${d.connection}" was lost while reading ${d.table} (${d.reason}).`,
    remedy: 'Run again; if it repeats, look at the server log and its net_write_timeout.',
  }),
  'NJ-SOURCE-LOCKED': define<{ connection: string; table: string; seconds: number }>({
    class: 'transient',
    example: { connection: 'shop', table: 'bookshop.order line', seconds: 30 },
    sentence: (d) =>
      `Table ${d.table} of "${d.connection}" was locked by another session for more than ${d.seconds} s.`,
    remedy:
      'Find the session that holds it (an ALTER, a long transaction), or raise "lock_wait" in the deployment file.',
  }),
  'NJ-SOURCE-SNAPSHOT-TOO-LONG': define<{ connection: string; seconds: number }>({
    class: 'transient',
    example: { connection: 'shop', seconds: 3600 },
    sentence: (d) =>
      `The snapshot of "${d.connection}" was open for more than ${d.seconds} s and was let go, so that the source's own jobs can go on.`,
    remedy: 'Find out why reading is slow, or raise "snapshot_limit" in the deployment file.',
  }),
  'NJ-SOURCE-SKEW': define<{ seconds: number; limit: number }>({
    class: 'transient',
    example: { seconds: 412, limit: 300 },
    sentence: (d) =>
      `The snapshots of the source connections lie ${d.seconds} s apart; at most ${d.limit} s are declared acceptable.`,
    remedy: 'Run again when the sources are less busy, or raise "skew_limit" in the deployment file.',
  }),
  'NJ-SOURCE-ROW-TOO-LARGE': define<{ table: string; bytes: number; limit: number }>({
    class: 'source',
    example: { table: 'bookshop.cover', bytes: 90_177_536, limit: 67_108_864 },
    sentence: (d) =>
      `A row of ${d.table} has at least ${d.bytes} bytes; at most ${d.limit} are declared acceptable.`,
    remedy: 'Leave the large column out, or raise "row_limit" in the deployment file.',
  }),
  'NJ-SOURCE-QUERY': define<{ connection: string; table: string; code: string }>({
    class: 'source',
    example: { connection: 'shop', table: 'bookshop.order line', code: 'ER_TABLEACCESS_DENIED_ERROR' },
    sentence: (d) => `The source "${d.connection}" refused to read ${d.table} (${d.code}).`,
    remedy: 'Look the code up in the database\'s manual; "nightjar check" names what our user may not read.',
  }),
  'NJ-SOURCE-ENCODING': define<{ connection: string; encoding: string }>({
    class: 'source',
    example: { connection: 'shop', encoding: 'SQL_ASCII' },
    sentence: (d) =>
      `The source database of "${d.connection}" has the encoding ${d.encoding}, which says nothing about what its bytes mean.`,
    remedy: 'Only databases with a known encoding (UTF8, LATIN1, …) can be read.',
  }),
  'NJ-SOURCE-MISREAD': define<{ table: string; column: string }>({
    class: 'release',
    example: { table: 'bookshop.book', column: 'published' },
    sentence: (d) =>
      `A cell of ${d.table}.${d.column} arrived in a form that its type does not have: what the source sends is not what Nightjar understands.`,
    remedy:
      'Nothing was published. Report it with the version of the source server; until then leave the column out.',
  }),
  'NJ-SOURCE-COPY-DIFFERS': define<{ tables: readonly DifferenceCounts[] }>({
    class: 'release',
    example: { tables: [{ name: 'bookshop_book', missing: 0, extra: 0, differs: 2, unread: 0 }] },
    sentence: (d) =>
      `A raw table is not what its source held in the same snapshot: ` +
      `${d.tables.map((one) => differenceWords(one, 'the copy', 'the source')).join('; ')}.`,
    remedy:
      "The keys are listed above, with the columns that differ. Verify again: what stays different was read or written wrongly by this release. Report it with the columns' types and the version of the source server, and go back to a release that does not.",
  }),
};
