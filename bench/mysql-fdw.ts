import { cpSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/warehouse/embedded/embedded-postgres.ts';
import { nativeFolderOf15 } from '../test/harness/postgres.ts';
import { timed, type BenchContext } from './measure.ts';
import { warehouseSettings } from './servers.ts';
import { nativeTable, wideSums, wideTable } from './wide-table.ts';

/** As Debian's package postgresql-15-mysql-fdw leaves it. */
const library = '/usr/lib/postgresql/15/lib/mysql_fdw.so';
const extension = '/usr/share/postgresql/15/extension/mysql_fdw*';

export function mysqlFdwIsHere(): boolean {
  return existsSync(library);
}

/**
 * Seconds of each of `rounds` loads of the wide table by INSERT … SELECT through mysql_fdw, and the sums of what was
 * loaded. The extension is Debian's, for PostgreSQL 15; the server is a copy of the tests' own 15 with it.
 */
export async function loadByMysqlFdw(
  { mariadb }: BenchContext,
  rounds: number,
): Promise<{ readonly seconds: readonly number[]; readonly sums: object | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'nightjar-bench-fdw-'));
  try {
    const native = join(folder, 'native');
    cpSync(nativeFolderOf15(), native, { recursive: true });
    cpSync(library, join(native, 'lib', 'postgresql', basename(library)));
    for (const file of globSync(extension))
      cpSync(file, join(native, 'share', 'postgresql', 'extension', basename(file)));
    await using server = await startEmbeddedPostgres({
      binaries: { major: 15, native },
      settings: warehouseSettings,
    });
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    try {
      const { host, port, user, password } = mariadb;
      await client.query(`
        create extension mysql_fdw;
        create server source foreign data wrapper mysql_fdw options (host '${host}', port '${port}', fetch_size '10000');
        create user mapping for current_user server source options (username '${user}', password '${password}');
        create foreign table far (${foreignColumns()}) server source options (dbname 'bench', table_name 'wide');
        ${nativeTable()}`);
      const columns = wideTable.names.map((name) => (name === 'flag' ? 'flag::integer' : name)).join(', ');
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await client.query('truncate native');
        seconds.push(await timed(() => client.query(`insert into native select ${columns} from far`)));
      }
      const { rows } = await client.query<Record<string, unknown>>(wideSums('native'));
      return { seconds, sums: rows[0] };
    } finally {
      await client.end();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function foreignColumns(): string {
  return wideTable.names
    .map((name, index) => `${name} ${name === 'flag' ? 'bit' : (wideTable.postgresTypes[index] ?? 'text')}`)
    .join(', ');
}
