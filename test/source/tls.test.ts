import assert from 'node:assert/strict';
import { chmod, chown, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { mysqlConnection } from '../../src/source/mysql/mysql-connection.ts';
import { postgresConnection } from '../../src/source/postgres/postgres-connection.ts';
import type { Server } from '../../src/source/server.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import { temporaryPlace, unprivilegedUser } from '../../src/warehouse/embedded/unprivileged.ts';
import { startMariadb } from '../../samples/servers/mariadb.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';

const here = join(import.meta.dirname, 'tls');
const authority = await readFile(join(here, 'ca.pem'), 'utf8');

type Certificate = 'by-name' | 'by-number';

interface Encrypted extends AsyncDisposable {
  readonly connect: (host: string, ca: string | undefined) => SourceConnection;
}

/** A certificate and its key where the servers' user can read them, and nobody else. */
async function certificateFiles(
  certificate: Certificate,
): Promise<AsyncDisposable & { pem: string; key: string }> {
  const folder = await mkdtemp(join(temporaryPlace(), 'nightjar-test-'));
  const user = unprivilegedUser();
  const files = { pem: join(folder, 'server.pem'), key: join(folder, 'server.key') };
  await copyFile(join(here, `${certificate}.pem`), files.pem);
  await copyFile(join(here, `${certificate}.key`), files.key);
  await chmod(files.key, 0o600);
  if (user !== undefined)
    for (const path of [folder, files.pem, files.key]) await chown(path, user.uid, user.gid);
  return { ...files, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function mariadb(certificate: Certificate): Promise<Encrypted> {
  const stack = new AsyncDisposableStack();
  const { pem, key } = stack.use(await certificateFiles(certificate));
  const server = stack.use(await startMariadb({ settings: { 'ssl-cert': pem, 'ssl-key': key } }));
  return {
    connect: (host, ca) => mysqlConnection({ name: 'tis', server: () => ({ ...server, host, tls: { ca } }) }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function postgres(certificate: Certificate): Promise<Encrypted> {
  const stack = new AsyncDisposableStack();
  const { pem, key } = stack.use(await certificateFiles(certificate));
  const server = stack.use(
    await startPostgres(18, { settings: { ssl: 'on', ssl_cert_file: pem, ssl_key_file: key } }),
  );
  return {
    connect: (host, ca) =>
      postgresConnection({
        name: 'tis',
        server: () => ({ ...server, host, tls: { ca } }),
        database: () => 'postgres',
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const signal = new AbortController().signal;
const unencrypted = { code: 'NJ-SOURCE-UNENCRYPTED' };

for (const [name, start] of [
  ['MariaDB', mariadb],
  ['PostgreSQL', postgres],
] as const) {
  test(`a ${name} is spoken to in encryption, as whom its certificate says`, async () => {
    const hosts = { 'by-name': 'localhost', 'by-number': '127.0.0.1' } as const;
    for (const certificate of ['by-name', 'by-number'] as const) {
      await using server = await start(certificate);
      const right = hosts[certificate];
      const wrong = hosts[certificate === 'by-name' ? 'by-number' : 'by-name'];
      await server.connect(right, authority).describe('none', signal);
      await assert.rejects(server.connect(wrong, authority).describe('none', signal), unencrypted);
      // The system's authorities do not know ours.
      await assert.rejects(server.connect(right, undefined).describe('none', signal), unencrypted);
    }
  });
}

test('a server without encryption is refused where it is asked for', async () => {
  const tls: Server['tls'] = { ca: authority };
  const plainMariadb = { ...(await testMariadb()), tls };
  const plainPostgres = { ...(await testPostgres(18)), tls };
  const sources = [
    mysqlConnection({ name: 'tis', server: () => plainMariadb }),
    postgresConnection({ name: 'tis', server: () => plainPostgres, database: () => 'postgres' }),
  ];
  for (const source of sources) await assert.rejects(source.describe('none', signal), unencrypted);
});
