import { z } from 'zod';
import { RawLoader } from '../src/extract/raw-loader.ts';
import { parseDeclaredType } from '../src/pipeline/declared-type.ts';
import type { SourceTable } from '../src/pipeline/source-table.ts';
import { mysqlConnection } from '../src/source/mysql/mysql-connection.ts';
import { mariadbAddressSchema, postgresAddressSchema } from '../test/harness/address.ts';
import { peakResident } from './peak-resident.ts';
import { wideTable } from './wide-table.ts';

/** One extract of the wide table, as a process of its own; prints how long it took and its largest resident memory. */
const inputSchema = z.object({
  mariadb: mariadbAddressSchema,
  postgres: postgresAddressSchema,
  database: z.string(),
});

const input = inputSchema.parse(JSON.parse(process.argv[2] ?? ''));
const declared: SourceTable = {
  source: 'bench',
  table: wideTable.table,
  name: 'wide',
  key: ['id'],
  volatile: false,
  columns: wideTable.names.map((name, index) => {
    const type = parseDeclaredType(wideTable.declared[index] ?? '');
    if (type === undefined) throw new Error(`no declared type for ${name}`);
    return { column: name, name, type };
  }),
};
const began = performance.now();
const signal = AbortSignal.timeout(600_000);
const { host, port, user, password } = input.postgres;
const address = { host, port, user, password, database: input.database, ssl: false } as const;
await using loader = new RawLoader(() => address, 'raw_bench', signal);
const source = mysqlConnection({ name: 'bench', server: () => ({ ...input.mariadb, tls: undefined }) });
const read = await source.read({
  tables: [{ declared, schema: wideTable.database }],
  limits: { lockWait: 10, snapshotLimit: 600, rowLimit: 64_000_000 },
  open: (table) => loader.open(table.declared),
  onProgress: () => undefined,
  signal,
});
const seconds = (performance.now() - began) / 1000;
const rows = read.tables.reduce((sum, table) => sum + table.received, 0);
process.stdout.write(
  `${JSON.stringify({ seconds, rows, residentMegabytes: peakResident(), remarks: read.remarks })}\n`,
);
