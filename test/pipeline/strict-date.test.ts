import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShops } from './shop-on-server.ts';

const otherForms = [
  'today',
  'now',
  'tomorrow',
  'infinity',
  'epoch',
  '',
  ' 2020-01-01',
  '2020-01-01 ',
  '2020-1-1',
  '20200101',
  '2020/01/01',
  '01-02-2020',
  '2020-01-01T00:00',
  '2020-01-01\n',
  '0000-00-00',
  '0000-01-01',
  '2020-00-10',
  '2020-10-00',
  '-2020-01-01',
  '12020-01-01',
  '2020-01-01 BC',
  '٢٠٢٠-٠١-٠١',
];

for (const major of [15, 18] as const) {
  test(`strict_date takes every day of the calendar in one form, and no other text, on ${major}`, () =>
    inShops(major, async (client) => {
      // Every day that might be one, of years that differ in their leap days.
      const { rows } = await client.query<{ text: string; date: string | null }>(`
        select t as text, nightjar.strict_date(t)::text as date
          from unnest('{0001,1900,1999,2000,2023,2024,2100,9999}'::text[]) y, generate_series(0, 13) m, generate_series(0, 32) d,
               lateral (select y || to_char(m, '"-"FM00') || to_char(d, '"-"FM00') as t) x`);
      const calendar = await client.query<{ text: string }>(`
        select to_char(day, 'YYYY-MM-DD') as text
          from unnest('{0001,1900,1999,2000,2023,2024,2100,9999}'::text[]) y,
               generate_series((y || '-01-01')::timestamp, (y || '-12-31')::timestamp, '1 day') day`);
      const taken = rows.filter(({ date }) => date !== null);
      assert.deepEqual(
        taken.map(({ date }) => date),
        taken.map(({ text }) => text),
      );
      assert.deepEqual(taken.map(({ text }) => text).sort(), calendar.rows.map(({ text }) => text).sort());
      const others = await client.query(
        'select t as text from unnest($1::text[]) t where nightjar.strict_date(t) is not null',
        [otherForms],
      );
      assert.deepEqual(others.rows, []);
      const { rows: kept } = await client.query(
        "select provolatile as volatile, proparallel as parallel from pg_proc where proname = 'strict_date'",
      );
      assert.deepEqual(kept, [{ volatile: 'i', parallel: 's' }]);
    }));
}
