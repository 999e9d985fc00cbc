import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startMariadb } from '../../samples/servers/mariadb.ts';
import { startPostgres } from '../harness/postgres.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { blocksOf, projectRoot, readPage } from './page.ts';
import { perform } from './perform.ts';

const page = 'docs/how-to/write-a-pipeline.md';

// Servers of its own: the page makes roles and databases by names that others may want.
test(`${page} as it is written`, async () => {
  await using mariadb = await startMariadb();
  await using postgres = await startPostgres(18);
  await using place = await temporaryFolder();
  const folder = place.path;
  await script(join(folder, 'nightjar'), `"${process.execPath}" "${join(projectRoot, 'src/cli/main.ts')}"`);
  for (const program of ['psql', 'createdb']) {
    const standIn = join(import.meta.dirname, 'psql.ts');
    await script(join(folder, program), `"${process.execPath}" "${standIn}" ${program}`);
  }
  await perform(blocksOf(await readPage(page)), {
    folder,
    settings: {
      SHOP_HOST: mariadb.host,
      SHOP_PORT: String(mariadb.port),
      WAREHOUSE_HOST: postgres.host,
      WAREHOUSE_PORT: String(postgres.port),
    },
    environment: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      MYSQL_PWD: mariadb.password,
      PGPASSWORD: postgres.password,
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    },
  });
});

async function script(path: string, command: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(path, 0o755);
}
