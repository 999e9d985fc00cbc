import { amount, grouped } from './amount.ts';
import { define } from './definition.ts';

/** Keys as they may be shown: `placement_id = 17`. */
export interface Violation {
  readonly dataset: string;
  readonly rows: number;
  readonly keys: readonly string[];
}

function some(violation: Pick<Violation, 'rows' | 'keys'>): string {
  if (violation.keys.length === 0) return '';
  const more = violation.rows > violation.keys.length ? ', …' : '';
  return ` (${violation.keys.join('; ')}${more})`;
}

/** Why the server does not take SQL of a file. */
interface Refused {
  readonly sqlstate: string;
  readonly meaning: string | undefined;
  /** The name or operator of the file that it points at. */
  readonly word: string | undefined;
}

/** ` at "lenght": there is no … (SQLSTATE 42883).` */
function reasonOf({ sqlstate, meaning, word }: Refused): string {
  return `${word === undefined ? '' : ` at "${word}"`}${meaning === undefined ? '' : `: ${meaning}`} (SQLSTATE ${sqlstate}).`;
}

export const contractErrors = {
  'NJ-CONTRACT-KEY-REPEATED': define<Violation & { key: string }>({
    class: 'contract',
    example: {
      dataset: 'order_line',
      rows: 2,
      keys: ['order_no = 17, line_no = 1', 'order_no = 18, line_no = 1'],
      key: 'order_no, line_no',
    },
    sentence: (d) =>
      `In dataset ${d.dataset}, ${amount(d.rows, 'key')} (${d.key}) ${d.rows === 1 ? 'belongs' : 'belong'} to more than one row${some(d)}.`,
    remedy: 'A join multiplies rows, or the source holds the key twice. Correct the SELECT or the source.',
  }),
  'NJ-CONTRACT-KEY-INCOMPLETE': define<Violation & { column: string }>({
    class: 'contract',
    example: { dataset: 'order_line', rows: 3, keys: [], column: 'line_no' },
    sentence: (d) =>
      `In dataset ${d.dataset}, the key column ${d.column} is null in ${amount(d.rows, 'row')}.`,
    remedy: 'A row without a key cannot be published. Correct the SELECT or the source.',
  }),
  'NJ-CONTRACT-TOO-LONG': define<Violation & { column: string; type: string }>({
    class: 'contract',
    example: {
      dataset: 'book',
      rows: 1,
      keys: ['isbn = 9780000000017'],
      column: 'title',
      type: 'varchar(40)',
    },
    sentence: (d) =>
      `In dataset ${d.dataset}, the key column ${d.column} does not fit ${d.type} in ${amount(d.rows, 'row')}${some(d)}.`,
    remedy:
      'Widen the type in the contract (consumers see the change), round in the SELECT, or mend the rows in the source.',
  }),
  'NJ-CONTRACT-GRAIN': define<{ dataset: string; rows: number; driving: string; expected: number }>({
    class: 'contract',
    example: { dataset: 'order_line', rows: 1204, driving: 'shop_order_line', expected: 1200 },
    sentence: (d) =>
      `Dataset ${d.dataset} has ${amount(d.rows, 'row')}, but its driving table ${d.driving} makes ${grouped(d.expected)}: a join adds or loses rows.`,
    remedy: 'Aggregate what is joined before joining it, and use left joins on columns that may be null.',
  }),
  'NJ-CONTRACT-STRUCK-OUT': define<{ dataset: string; keys: number; former: string; key: string }>({
    class: 'contract',
    example: { dataset: 'reader', keys: 2, former: 'reader_no (bigint)', key: 'reader_code' },
    sentence: (d) =>
      `Of dataset ${d.dataset}, ${amount(d.keys, 'key')} by ${d.former} ${d.keys === 1 ? 'was' : 'were'} struck out. Its key is ${d.key} now, and its contract does not say how the former one follows from a row: who was struck out could come back.`,
    remedy:
      'Say so under key_was, and leave it there. Where it follows from no row, strike the keys out under the present key too ("nightjar erase"), and let key_was give nothing: null::bigint.',
  }),
  'NJ-CONTRACT-REPAIRS': define<{
    table: string;
    column: string;
    cells: number;
    limit: number;
    keys: readonly string[];
  }>({
    class: 'contract',
    example: { table: 'shop_book', column: 'published', cells: 14, limit: 10, keys: ['id 17', 'id 204'] },
    sentence: (d) =>
      `${amount(d.cells, 'cell')} of ${d.table}.${d.column} had to be repaired on the way${some({ ...d, rows: d.cells })}; the contract accepts ${grouped(d.limit)}.`,
    remedy:
      'Mend the rows in the source or raise repair_limits; in a key no cell may be repaired. "nightjar run --keep" leaves the raw tables: nightjar_repaired says in each row which columns were.',
  }),
  'NJ-CONTRACT-COLUMNS': define<{ dataset: string; difference: string }>({
    class: 'contract',
    example: {
      dataset: 'book',
      difference: 'column price is numeric(8,2) in the contract and text in the SELECT',
    },
    sentence: (d) =>
      `The SELECT of dataset ${d.dataset} does not give what its contract says: ${d.difference}.`,
    remedy: 'Make the SELECT and the contract agree.',
  }),
  'NJ-CONTRACT-SELECT': define<{ dataset: string } & Refused>({
    class: 'contract',
    example: {
      dataset: 'book',
      sqlstate: '42883',
      meaning: 'there is no function or operator of this name that takes these types',
      word: 'lenght',
    },
    sentence: (d) => `The warehouse's server refuses the SELECT of dataset ${d.dataset}${reasonOf(d)}`,
    remedy:
      "Correct the SELECT. The code is in PostgreSQL's list of error codes; its own words are in the server's log.",
  }),
  'NJ-CONTRACT-CONDITION': define<{ dataset: string; place: string } & Refused>({
    class: 'contract',
    example: {
      dataset: 'book',
      place: 'departures.foretold.loan_is_over',
      sqlstate: '42883',
      meaning: 'there is no function or operator of this name that takes these types',
      word: '+',
    },
    sentence: (d) =>
      `The warehouse's server refuses ${d.place} in the contract of dataset ${d.dataset}${reasonOf(d)}`,
    remedy:
      'Correct the condition. What foretells a departure sees the published datasets only, no raw table.',
  }),
  'NJ-CONTRACT-RULE': define<{
    dataset: string;
    rule: string;
    file: string;
    sqlstate: string;
    meaning: string;
  }>({
    class: 'contract',
    example: {
      dataset: 'book',
      rule: 'has_pages',
      file: 'book.yaml',
      sqlstate: '22P02',
      meaning: 'a text cannot be read as the type it is cast to',
    },
    sentence: (d) =>
      `Rule ${d.rule} of dataset ${d.dataset} (${d.file}) cannot be asked of every row: ${d.meaning} (SQLSTATE ${d.sqlstate}).`,
    remedy:
      'Correct the rule: a case that looks before it casts or divides decides about the rows for which it fails. Such a row cannot be held, since nobody knows whether it breaks the rule.',
  }),
  'NJ-CONTRACT-BUILD': define<{
    dataset: string;
    sqlstate: string;
    meaning: string;
    /** Settings of the run, as SET takes them. */
    byHand: { readonly path: string; readonly asOf: string };
  }>({
    class: 'contract',
    example: {
      dataset: 'book',
      sqlstate: '22012',
      meaning: 'something is divided by zero',
      byHand: { path: '"raw_41", "nightjar"', asOf: '2026-11-20' },
    },
    sentence: (d) =>
      `The SELECT of dataset ${d.dataset} failed: ${d.meaning} (SQLSTATE ${d.sqlstate}). ` +
      `By hand: set search_path = ${d.byHand.path}; set nightjar.as_of = '${d.byHand.asOf}'; then the SELECT.`,
    remedy:
      "Correct the SELECT. To look at the rows, run again with --keep, which leaves the raw tables until the next run, and do as Nightjar's role what that run's message says; a dataset that is read is gone with the candidate, so put its SELECT in its place.",
  }),
  'NJ-CONTRACT-VIOLATIONS': define<{ sentences: readonly string[] }>({
    class: 'contract',
    example: {
      sentences: [
        'In dataset book, the required column title is null in 12 rows.',
        'In dataset order_line, rule quantity_is_positive is broken in 1 row.',
      ],
    },
    sentence: (d) =>
      `The candidate breaks its contract in ${amount(d.sentences.length, 'way')}, so nothing was published:\n` +
      d.sentences.map((sentence) => `  - ${sentence}`).join('\n'),
    remedy: 'Each has its own remedy: "nightjar explain CODE".',
  }),
};
