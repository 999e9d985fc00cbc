import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import type { ConnectionDeclaration, Tls } from '../../src/pipeline/deployment.ts';
import { encryptionOf, isLoopback } from '../../src/pipeline/encryption.ts';
import { warehouseAddress } from '../../src/warehouse/address.ts';
import { Session } from '../../src/warehouse/session.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { setting, testWarehouse } from '../harness/warehouse.ts';

const signal = new AbortController().signal;

test('what stays on this machine is told by its name or address alone', () => {
  const here = [
    'localhost',
    '127.0.0.1',
    '127.0.1.1',
    '127.255.255.254',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '/var/run/postgresql',
  ];
  const elsewhere = [
    'localhost.example.org',
    'localhost.',
    'mylocalhost',
    '127.0.0.1.example.org',
    '127.example.org',
    '127.0.0.999',
    '127.1',
    '127',
    '126.255.255.255',
    '128.0.0.1',
    '10.0.0.1',
    '0.0.0.0',
    '::',
    '::2',
    '::ffff:10.0.0.1',
    'fe80::1',
    '',
  ];
  assert.deepEqual(
    here.filter((host) => !isLoopback(host)),
    [],
  );
  assert.deepEqual(
    elsewhere.filter((host) => isLoopback(host)),
    [],
  );
});

test('beyond this machine a connection is encrypted and verified, unless the file says otherwise', () => {
  const [beyond, here] = ['till.example.org', '127.0.0.1'];
  const byDefault = { tls: { mode: 'default' } } as const;
  const off = { tls: { mode: 'off' } } as const;
  const verify = { tls: { mode: 'verify', ca: undefined } } as const;
  const byOurs = { tls: { mode: 'verify', ca: setting('an authority') } } as const;
  assert.deepEqual(encryptionOf(byDefault, beyond), { ca: undefined });
  assert.equal(encryptionOf(byDefault, here), undefined);
  for (const host of [beyond, here]) {
    assert.equal(encryptionOf(off, host), undefined);
    assert.deepEqual(encryptionOf(verify, host), { ca: undefined });
    assert.deepEqual(encryptionOf(byOurs, host), { ca: 'an authority' });
  }
});

/** Another way to write 127.0.0.1, which the rule takes for a name: so the servers of the tests, which know no TLS, lie beyond. */
const beyond = '127.1';

test('a server beyond this machine that knows no encryption is refused, as a source and as a warehouse', async (t) => {
  const mariadb = await testMariadb();
  const postgres = await testPostgres(18);
  await using warehouse = await testWarehouse(postgres, []);
  const declared = (
    kind: ConnectionDeclaration['kind'],
    server: typeof mariadb | typeof postgres,
    host: string,
    tls: Tls,
  ): ConnectionDeclaration => ({
    ...{ name: 'till', kind, tls, lockWait: 5, snapshotLimit: 60 },
    ...{ host: setting(host), port: setting(server.port) },
    ...{ user: setting(server.user), password: setting(server.password) },
    database: kind === 'postgres' ? setting('postgres') : undefined,
  });
  const ways: Readonly<Record<string, (host: string, tls: Tls) => Promise<void>>> = {
    MariaDB: async (host, tls) => {
      await connectSource(declared('mysql', mariadb, host, tls)).describe('none', signal);
    },
    PostgreSQL: async (host, tls) => {
      await connectSource(declared('postgres', postgres, host, tls)).describe('none', signal);
    },
    'the warehouse': async (host, tls) => {
      const declaration = { ...warehouse.declaration, host: setting(host), tls };
      const address = warehouseAddress(declaration);
      await using _session = await Session.open({ address, purpose: 'test', signal });
    },
  };
  for (const [name, connect] of Object.entries(ways)) {
    await t.test(name, async () => {
      const code = name === 'the warehouse' ? 'NJ-WAREHOUSE-UNENCRYPTED' : 'NJ-SOURCE-UNENCRYPTED';
      await assert.rejects(connect(beyond, { mode: 'default' }), { code });
      await connect(beyond, { mode: 'off' });
      await connect('127.0.0.1', { mode: 'default' });
      await connect('localhost', { mode: 'default' });
      await assert.rejects(connect('127.0.0.1', { mode: 'verify', ca: undefined }), { code });
    });
  }
});
