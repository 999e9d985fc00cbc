import type { ContractType } from './contract-type.ts';

const plainTypes = [
  'bigint',
  'integer',
  'smallint',
  'boolean',
  'date',
  'text',
  'bytea',
  'interval',
  'real',
  'double precision',
] as const;

/** The names of the types of a contract, for messages. */
export const contractTypeNames: readonly string[] = [
  ...plainTypes,
  'varchar(n)',
  'timestamp(n)',
  'numeric(p,s)',
];

/** What a contract's type looks like, for editors. */
export const contractTypePattern = `^ *(${plainTypes.join('|')}|(varchar|timestamp) *\\([0-9]+\\)|numeric *\\([0-9]+( *, *[0-9]+)?\\)) *$`;

/** Reads a contract's type; `undefined` where the text is none. */
export function parseContractType(text: string): ContractType | undefined {
  const written = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const plain = plainTypes.find((base) => base === written);
  if (plain !== undefined) return { base: plain };
  const match = /^(varchar|timestamp|numeric) ?\( ?(\d{1,9}) ?(?:, ?(\d{1,9}) ?)?\)$/.exec(written);
  if (match === null) return undefined;
  const first = Number(match[2]);
  const second = match[3] === undefined ? undefined : Number(match[3]);
  // The bounds are PostgreSQL's own.
  switch (match[1]) {
    case 'varchar':
      return second === undefined && first >= 1 && first <= 10_485_760
        ? { base: 'varchar', length: first }
        : undefined;
    case 'timestamp':
      return second === undefined && first <= 6 ? { base: 'timestamp', digits: first } : undefined;
    default: {
      const scale = second ?? 0;
      return first >= 1 && first <= 1000 && scale <= first
        ? { base: 'numeric', precision: first, scale }
        : undefined;
    }
  }
}
