import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { runNightjar } from '../../test/harness/command.ts';
import { testMariadb, testPostgres } from '../../test/harness/servers.ts';

const commands = [['create'], ['create', '--dry-run'], ['advance'], ['hurt', 'empty-table']] as const;

describe('a place of a sample that there is no way into', () => {
  let mariadb: URL;
  let postgres: URL;
  const changed = (
    url: URL,
    change: Partial<Record<'hostname' | 'port' | 'password' | 'pathname', string>>,
  ) => Object.assign(new URL(url), change).href;

  before(async () => {
    const { host, port, user, password } = await testMariadb();
    mariadb = new URL(`mysql://${user}:${encodeURIComponent(password)}@${host}:${port}/nobody`);
    const server = await testPostgres(18);
    postgres = new URL(
      `postgres://${server.user}:${encodeURIComponent(server.password)}@${server.host}:${server.port}/postgres`,
    );
  });

  async function answers(to: string, words: RegExp, args: readonly string[] = ['advance']): Promise<void> {
    const { code, output } = await runNightjar(['sample', ...args, '--to', to]);
    assert.equal(code, 2, output);
    assert.match(output, /^NJ-USE-SAMPLE: /);
    assert.match(output, words);
    assert.ok(!output.includes('hunter2'), output);
  }

  test('every command says so', async () => {
    for (const args of commands) await answers(changed(mariadb, { port: '1' }), /ECONNREFUSED/, args);
  });

  test('another machine, to which nothing would be encrypted, is not asked', async () => {
    const words =
      /made on this machine, and nowhere\.invalid may be another: the connection would not be encrypted/;
    for (const url of [mariadb, postgres])
      await answers(changed(url, { hostname: 'nowhere.invalid', password: 'hunter2' }), words);
  });

  test('a closed port', async () => {
    await answers(
      changed(mariadb, { port: '1' }),
      /No MySQL or MariaDB answers at 127\.0\.0\.1:1 \(\w+\)\. Check that one runs there/,
    );
    await answers(
      changed(postgres, { port: '1' }),
      /No PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    );
  });

  test('a wrong password, without the password', async () => {
    for (const url of [mariadb, postgres]) {
      const words = new RegExp(`The server at ${url.host} refuses user "${url.username}"\\. Check user`);
      await answers(changed(url, { password: 'hunter2' }), words);
    }
  });

  test('a database that does not exist', () =>
    answers(changed(postgres, { pathname: '/nowhere' }), /has no database "nowhere"\. Create it first/));

  test('a server of the other kind', async () => {
    await Promise.all([
      // PostgreSQL waits for the other side to begin, as MySQL does: the limit ends it.
      answers(
        changed(mariadb, { port: postgres.port }),
        /No MySQL or MariaDB answers .* mysql:\/\/ is for MySQL/,
      ),
      answers(
        changed(postgres, { port: mariadb.port }),
        /No PostgreSQL answers .* postgres:\/\/ for PostgreSQL/,
      ),
    ]);
  });
});
