import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/warehouse/embedded/embedded-postgres.ts';
import { isAlive, startProgram } from '../harness/program.ts';
import { temporaryFolder, type TemporaryFolder } from '../harness/temporary-folder.ts';

const holdPostgres = fileURLToPath(new URL('programs/hold-postgres.ts', import.meta.url));

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.adminUrl);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>({ text: sql });
    return rows;
  } finally {
    await client.end();
  }
}

test('a folder is kept between starts, also after a crash, also where its user could not walk to it', async () => {
  await using folder = await temporaryFolder('private');
  const dataFolder = join(folder.path, 'data');
  {
    await using first = await startEmbeddedPostgres({ dataFolder });
    await query(first, 'create table kept as select 1 as n');
  }
  {
    await using second = await startEmbeddedPostgres({ dataFolder });
    await query(second, 'insert into kept values (2)');
    process.kill(second.pid, 'SIGKILL');
    await second.exited;
  }
  await using third = await startEmbeddedPostgres({ dataFolder });
  assert.deepEqual(await query(third, 'select n from kept order by n'), [{ n: 1 }, { n: 2 }]);
});

test('kill -9 of the program that started it leaves neither a server nor a temporary folder', async () => {
  await using folder = await temporaryFolder('shared');
  const program = startProgram([holdPostgres], { TMPDIR: folder.path });
  const pid = Number(await program.line());
  assert.equal(isAlive(pid), true);
  assert.equal((await readdir(folder.path)).length, 1);
  program.child.kill('SIGKILL');
  await folder.empty();
  assert.equal(isAlive(pid), false);
});

test('a lock that names a living process which is no server is not believed', async () => {
  await using folder = await temporaryFolder();
  {
    await using _made = await startEmbeddedPostgres({ dataFolder: folder.path });
  }
  await writeFile(join(folder.path, 'cluster', 'postmaster.pid'), `${process.pid}\n`);
  await using again = await startEmbeddedPostgres({ dataFolder: folder.path });
  assert.deepEqual(await query(again, 'select 1 as n'), [{ n: 1 }]);
});

test('a data folder of another version is refused', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'cluster'));
  await writeFile(join(folder.path, 'cluster', 'PG_VERSION'), '15\n');
  await assert.rejects(startEmbeddedPostgres({ dataFolder: folder.path }), {
    code: 'NJ-WAREHOUSE-EMBEDDED-VERSION',
    message: /made by PostgreSQL 15, .* PostgreSQL 18/,
  });
});

test('what a start left half-made is not taken for a cluster, and goes in time', async () => {
  await using folder = await temporaryFolder();
  const abandoned = join(folder.path, 'cluster.0a1b2c3d.new');
  await mkdir(abandoned);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(abandoned, anHourAgo, anHourAgo);
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path });
  assert.deepEqual(await query(server, 'select 1 as n'), [{ n: 1 }]);
  assert.deepEqual((await readdir(folder.path)).sort(), ['cluster', 'postgresql.log']);
});

for (const moment of ['at once', 'once its folder is there'] as const) {
  test(`a start that is aborted ${moment} leaves nothing`, async () => {
    await using folder = await temporaryFolder('shared');
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder.path;
    try {
      const abort = new AbortController();
      const stop = () => abort.abort(new Error('the test says so'));
      const watcher = moment === 'at once' ? undefined : watch(folder.path, stop);
      if (watcher === undefined) setImmediate(stop);
      await assert.rejects(startEmbeddedPostgres({ signal: abort.signal }), {
        code: 'NJ-INTERNAL-ABORTED',
        message: /the test says so/,
      });
      watcher?.close();
      assert.deepEqual(await readdir(folder.path), []);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
}

describe('a running server', () => {
  let folder: TemporaryFolder;
  let server: EmbeddedPostgres;
  before(async () => {
    folder = await temporaryFolder();
    server = await startEmbeddedPostgres({ dataFolder: folder.path });
  });
  after(async () => {
    await server.stop();
    await folder[Symbol.asyncDispose]();
  });

  test('refuses its data folder to another', async () => {
    await assert.rejects(startEmbeddedPostgres({ dataFolder: folder.path }), {
      code: 'NJ-WAREHOUSE-EMBEDDED-IN-USE',
      message: new RegExp(`process ${server.pid}`),
    });
  });

  test('has its port to itself', async () => {
    await assert.rejects(startEmbeddedPostgres({ port: server.port }), {
      code: 'NJ-WAREHOUSE-EMBEDDED',
      message: new RegExp(`port ${server.port} of 127.0.0.1 is in use`),
    });
  });

  test('refuses a wrong password, and logs no row value', async () => {
    const stranger = new pg.Client({ ...server, password: 'guessed', database: 'postgres' });
    await assert.rejects(stranger.connect(), { code: '28P01' });
    await assert.rejects(query(server, "select 'Zebedee'::int"), { code: '22P02' });
    const log = await readFile(join(folder.path, 'postgresql.log'), 'utf8');
    assert.match(log, /password authentication failed/);
    assert.doesNotMatch(log, /Zebedee/);
  });
});
