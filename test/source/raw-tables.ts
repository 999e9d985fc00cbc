import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyOutput } from '../../src/source/copy/copy-output.ts';
import { checksumColumns, type ChecksumReader } from '../../src/source/checksums.ts';
import { postgresChecksums } from '../../src/source/postgres/checksum-dialect.ts';
import type {
  SnapshotLimits,
  SnapshotRead,
  SnapshotRequest,
  SourceConnection,
  TableToRead,
} from '../../src/source/source.ts';
import { sqlChecksums } from '../../src/source/sql-checksums.ts';
import type { TemporaryPostgresDatabase } from '../harness/databases.ts';

export const limits: SnapshotLimits = { lockWait: 5, snapshotLimit: 120, rowLimit: 64 * 1024 * 1024 };

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Raw tables in a PostgreSQL, read from a source as the extract does. */
export class RawTables implements AsyncDisposable {
  readonly client: pg.Client;
  readonly #copies: pg.Client[] = [];
  readonly #database: TemporaryPostgresDatabase;

  private constructor(client: pg.Client, database: TemporaryPostgresDatabase) {
    this.client = client;
    this.#database = database;
  }

  static async in(database: TemporaryPostgresDatabase): Promise<RawTables> {
    const client = new pg.Client(database.url);
    await client.connect();
    // As our own sessions in the warehouse have it.
    await client.query(
      "set timezone = 'UTC'; set intervalstyle = iso_8601; set extra_float_digits = 1; set bytea_output = hex",
    );
    return new RawTables(client, database);
  }

  /** Reads the tables into raw tables of their raw names, replacing those. */
  async read(
    source: SourceConnection,
    tables: readonly TableToRead[],
    changes: Partial<SnapshotLimits> & Partial<Pick<SnapshotRequest, 'signal' | 'onRead'>> = {},
  ): Promise<SnapshotRead> {
    const { signal = new AbortController().signal, onRead, ...changed } = changes;
    return source.read({
      tables,
      ...(onRead === undefined ? {} : { onRead }),
      limits: { ...limits, ...changed },
      open: (table) => this.open(table),
      onProgress: () => undefined,
      signal,
    });
  }

  /** Begins to write one raw table. */
  async open({ declared }: TableToRead): Promise<Writable> {
    const copy = new pg.Client(this.#database.url);
    this.#copies.push(copy);
    await copy.connect();
    copy.on('error', () => undefined);
    const columns = declared.columns.map((column) => `${quote(column.name)} ${column.type.raw}`);
    await copy.query(`drop table if exists ${quote(declared.name)}`);
    await copy.query(
      `create table ${quote(declared.name)} (${[...columns, 'nightjar_repaired text'].join(', ')})`,
    );
    const sink = copy.query(copyFrom(`copy ${quote(declared.name)} from stdin (format binary)`));
    sink.once('finish', () => void copy.end());
    return sink;
  }

  /** Checksums of one raw table, which name what was repaired in a row. */
  checksums({ declared }: TableToRead): ChecksumReader {
    return sqlChecksums({
      relation: quote(declared.name),
      columns: checksumColumns(declared, ({ name }) => quote(name)),
      key: declared.key,
      note: "string_agg(nightjar_repaired, ',')",
      dialect: postgresChecksums,
      ask: (sql) => this.rows(sql),
    });
  }

  /** Rows of a query, each an array of texts. */
  async rows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
    const { rows } = await this.client.query<(string | null)[]>({
      text: sql,
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    return rows;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end();
    // Not end(): after a COPY that failed it would wait for ever.
    for (const { connection } of this.#copies) connection.stream.destroy();
  }
}

/** Ends a stream behind everything in `output`; throws where the stream fails, of which a COPY only tells by event. */
export async function finish(output: CopyOutput, sink: Writable): Promise<void> {
  const failed = new Promise<never>((_, reject) => sink.once('error', reject));
  await Promise.race([output.end(), failed]);
}

/** A stream that takes everything and keeps nothing. */
export function nowhere(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

/** A source of test data that is told apart when it fails. */
export function newSeed(): number {
  return randomBytes(4).readUInt32BE();
}
