import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { StoredDataset } from '../../src/publish/change-view.ts';
import { ensureControlViews } from '../../src/publish/control-views.ts';
import { importRoutineSql } from '../../src/publish/import-routines.ts';
import { Lease } from '../../src/publish/lease.ts';
import { ensureStoreTable } from '../../src/publish/store.ts';
import { migrate } from '../../src/warehouse/migrate.ts';
import { Session } from '../../src/warehouse/session.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { testWarehouse } from '../harness/warehouse.ts';
import { projectRoot, readPage, tableRows } from './page.ts';

const page = await readPage('docs/how-to/read-the-warehouse.md');

test('the codes on the page are those that a consumer can meet', async () => {
  const written = tableRows(page, 'Sentences and their codes').map(([code = '']) => code.replaceAll('`', ''));
  let sql = importRoutineSql('ndw').join();
  for await (const file of glob('src/warehouse/migrations/*.sql', { cwd: projectRoot })) {
    sql += await readFile(join(projectRoot, file), 'utf8');
  }
  const raised = new Set([...sql.matchAll(/'(NJ00\d)'/g)].map(([, code]) => code));
  assert.deepEqual(written, [...raised].sort());
});

test('the control views have the columns of the page', async () => {
  await using warehouse = await testWarehouse(await testPostgres(18), []);
  const { signal } = new AbortController();
  await using session = await Session.open({ address: warehouse.address, purpose: 'test', signal });
  await migrate(session);
  await session.query('a schema', 'create schema ndw');
  await using lease = await Lease.take(warehouse.address, signal);
  const stored: StoredDataset[] = [];
  for (const dataset of (await readMarkedShop()).datasets)
    stored.push({ dataset, tables: [await ensureStoreTable(session, dataset, lease.fence)] });
  await ensureControlViews(session, 'ndw', stored, lease.fence);
  for (const view of ['generation', 'dataset', 'held', 'change']) {
    const found = await session.query<{ name: string }>(
      'the columns of a view',
      "select attname as name from pg_attribute where attrelid = ('ndw.' || $1)::regclass and attnum > 0 order by attnum",
      [view],
    );
    assert.deepEqual(
      columnsOf(view),
      found.map((column) => column.name),
      view,
    );
  }
  await assert.rejects(
    session.query('the reading', 'select * from ndw.generation'),
    (error) => error instanceof NightjarError,
  );
});

/** The tables stand below one heading; those of the others begin with a dataset's name. */
function columnsOf(view: string): readonly string[] {
  const all = tableRows(page, 'The control views').map(([cell = '']) => cell.replaceAll('`', ''));
  const views = ['generation', 'dataset', 'held', 'change'];
  const first = all.flatMap((name, index) => (index === 0 || name === 'dataset' ? [index] : []));
  const place = views.indexOf(view);
  return all.slice(first[place], first[place + 1]);
}
