import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { RawLoader } from '../../src/extract/raw-loader.ts';
import { CopyOutput } from '../../src/source/copy/copy-output.ts';
import { copyHeader, copyTrailer } from '../../src/source/copy/frame.ts';
import { TableSink } from '../../src/source/table-sink.ts';
import type { PostgresAddress } from '../harness/address.ts';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';

/** A proxy before a server that takes what is sent to it in sips, so that the sender's socket is always full. */
async function startSlowProxy(server: PostgresAddress): Promise<AsyncDisposable & { readonly port: number }> {
  const listener = createServer({ highWaterMark: 16 * 1024 }, (client) => {
    const upstream = connect(server.port, server.host);
    upstream.pipe(client);
    client.on('data', (piece) => {
      upstream.write(piece);
      client.pause();
      setImmediate(() => client.resume());
    });
    client.on('close', () => upstream.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** A row of one bytea, every byte of which says which row it is, and nothing repaired. */
function rowOf(row: number): Buffer {
  const body = Buffer.alloc(1_000 + (row % 7) * 300, row % 251);
  const head = Buffer.from([0, 2, 0, 0, 0, 0]);
  head.writeInt32BE(body.length, 2);
  return Buffer.concat([head, body, Buffer.alloc(4, 0xff)]);
}

test('memory that is written to again meanwhile does not change what a slow warehouse gets', async () => {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  await inPostgres(database, (client) => client.query('create schema raw_1'));
  await using proxy = await startSlowProxy(database);
  const signal = AbortSignal.timeout(60_000);
  const { host, user, password, database: name } = database;
  const address = { host, port: proxy.port, user, password, database: name, ssl: false } as const;
  const rows = 20_000;
  {
    await using loader = new RawLoader(() => address, 'raw_1', signal);
    await using sink = new TableSink(
      await loader.open({
        ...{ source: 'test', table: 't', name: 't', key: [], volatile: false },
        columns: [{ column: 'v', name: 'v', type: { text: 'bytes', raw: 'bytea', capacity: [] } }],
      }),
    );
    let resume: (() => void) | undefined;
    const output = new CopyOutput(sink.stream, {
      pause: () => (resume = () => undefined),
      resume: () => resume?.(),
    });
    output.append(copyHeader);
    for (let row = 0; row < rows; row++) {
      output.append(rowOf(row));
      if (resume !== undefined) {
        await new Promise<void>((resolve) => (resume = resolve));
        resume = undefined;
      }
    }
    output.append(copyTrailer);
    await sink.finish(output, signal);
  }
  const { rows: found } = await inPostgres(database, (client) =>
    client.query<{ row: string; whole: boolean }>(
      `select count(*)::text as row,
              bool_and(v = decode(repeat(lpad(to_hex((n - 1) % 251), 2, '0'), length(v)), 'hex')) as whole
         from (select v, row_number() over (order by ctid) as n from raw_1.t) t`,
    ),
  );
  assert.deepEqual(found, [{ row: String(rows), whole: true }]);
});

test('a connection that is told to stop while it is being prepared is closed', async () => {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  const { host, port, user, password, database: name } = database;
  const stop = new AbortController();
  const address = () => {
    stop.abort('enough');
    return { host, port, user, password, database: name, ssl: false } as const;
  };
  await using loader = new RawLoader(address, 'raw_1', stop.signal);
  await assert.rejects(
    loader.open({ ...{ source: 'test', table: 't', name: 't', key: [], volatile: false }, columns: [] }),
    { code: 'NJ-INTERNAL-ABORTED' },
  );
  // An ended connection is in the server's list until its process has gone.
  const until = Date.now() + 5_000;
  let sessions = 1;
  while (sessions > 0 && Date.now() < until) {
    const { rows } = await inPostgres({ ...database, database: 'postgres' }, (client) =>
      client.query('select from pg_stat_activity where datname = $1', [name]),
    );
    sessions = rows.length;
  }
  assert.equal(sessions, 0);
});
