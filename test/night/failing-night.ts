import assert from 'node:assert/strict';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { NightOptions, ShopNights } from '../harness/shop-nights.ts';

/** In every text of the source; whatever shows it, or a price, has shown a row's value. */
export const marker = 'Zq7LeakMarker';
// Behind a point are parts of a second, of which some are alike by chance.
export const shownValue = /LeakMarker|(?<!\.\d*)77,?152/;

/** Runs a night that must fail; collects all that it says. */
export async function failing(
  shop: ShopNights,
  said: string[],
  options: NightOptions,
): Promise<NightjarError> {
  try {
    await shop.night({ onEvent: (event) => void said.push(JSON.stringify(event)), ...options });
  } catch (error) {
    assert.ok(error instanceof NightjarError, error instanceof Error ? error.stack : String(error));
    said.push(error.message, error.remedy, error.stack ?? '', JSON.stringify(error));
    assert.equal(error.cause, undefined);
    return error;
  }
  assert.fail('the night ended well');
}

/** Outcome and code of the latest run. */
export async function lastRun(shop: ShopNights): Promise<readonly string[]> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ outcome: string; error_code: string }>(
      'select outcome, error_code from nightjar.run order by number desc limit 1',
    ),
  );
  return rows.flatMap((row) => [row.outcome, row.error_code]);
}

/** Fails where something that was said, or a row of any table of the control schema, holds a value of the source's. */
export async function assertNothingShown(
  { warehouse }: Pick<ShopNights, 'warehouse'>,
  said: readonly string[],
  shown = shownValue,
): Promise<void> {
  const kept = await warehouse.asSuperuser(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'nightjar'",
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select t::text as line from nightjar.${name} t`);
      lines.push(...rows.map(({ line }) => line));
    }
    return lines;
  });
  assert.ok(kept.length > 0);
  assert.deepEqual(
    [...said, ...kept].filter((line) => shown.test(line)),
    [],
  );
}
