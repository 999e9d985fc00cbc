import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGranted } from '../../src/source/mysql/grants.ts';
import { inMariadb, uniqueName } from '../harness/databases.ts';
import { testMariadb } from '../harness/servers.ts';
import { mariadbSource } from './mariadb-source.ts';

test('a name in a grant may hold whatever a name holds, and stands for itself but for % and _', () => {
  for (const name of ['a-b', 'a/b', 'a.b', 'a$b', 'a(b', 'a[b]', 'a|b', 'a^b', 'a b', 'a{1}', 'a😀b', '-']) {
    assert.equal(isGranted({ user: '', scopes: [`\`${name}\`.*`] }, name), true, name);
    assert.equal(isGranted({ user: '', scopes: [`\`${name}\`.*`] }, `${name}x`), false, name);
  }
  assert.equal(isGranted({ user: '', scopes: ['`a.b`.*'] }, 'axb'), false);
  assert.equal(isGranted({ user: '', scopes: ['`a\\_b-c`.*'] }, 'a_b-c'), true);
  assert.equal(isGranted({ user: '', scopes: ['`a\\_b-c`.*'] }, 'axb-c'), false);
  assert.equal(isGranted({ user: '', scopes: ['`a-%`.*'] }, 'a-many'), true);
});

test('a database with a hyphen in its name can be read', async () => {
  const server = await testMariadb();
  const name = uniqueName('test').replace('_', '-');
  const account = `'${name}'@'127.0.0.1'`;
  await inMariadb(server, (connection) =>
    connection.query(`create database \`${name}\`; create table \`${name}\`.t (id int primary key);
      create user ${account} identified by 'a word'; grant select on \`${name}\`.* to ${account}`),
  );
  try {
    const source = mariadbSource(server, { user: name, password: 'a word' });
    const { tables, showsAll } = await source.describe(name, new AbortController().signal);
    assert.deepEqual([tables.map(({ table }) => table), showsAll], [['t'], true]);
  } finally {
    await inMariadb(server, (connection) =>
      connection.query(`drop user ${account}; drop database \`${name}\``),
    );
  }
});
