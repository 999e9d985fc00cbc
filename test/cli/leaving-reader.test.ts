import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

/** More than what lies between a program and its reader holds. */
const many = 60_000;

/** Runs a command whose reader goes away after the first lines, and gives its complaints and how it ended. */
async function leave(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...variables },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await closed;
  return `${complaints}${child.signalCode ?? child.exitCode ?? ''}`;
}

test('a reader that goes away while much is still to come ends the output, and is no error', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(place.path, 'shop'));
  await shop.publish('n1');
  await shop.inSource(
    `insert into shop.customer select i, 'n1', 'n1', 40 from generate_series(21, ${many}) i`,
  );
  await shop.night();
  await using session = await shop.session();
  await session.query(
    'the faults',
    `insert into nightjar.data_fault
     select 2, 'customer', 'left out:grown_up', jsonb_build_object('customer_id', i), 'Long Road', '2026-11-20'
       from generate_series(1, ${many}) i`,
  );
  for (const command of [
    ['generations', 'diff', '1', '2', '--ndjson'],
    ['faults', '--csv'],
  ]) {
    assert.equal(await leave([...command, '--file', file], commandVariables(shop)), '0', command.join(' '));
  }
});
