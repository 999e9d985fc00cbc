import { printKeys } from '../../src/build/print-key.ts';
import { Lease } from '../../src/publish/lease.ts';
import { strikeOut } from '../../src/publish/erase.ts';
import type { ShopNights } from './shop-nights.ts';

/** Strikes a key out as `nightjar erase` does; gives the generations that held it. */
export async function strikeOutOf(
  shop: ShopNights,
  dataset: string,
  key: Readonly<Record<string, unknown>>,
): Promise<readonly number[]> {
  await using lease = await Lease.take(() => shop.warehouse.address, new AbortController().signal);
  await using session = await shop.session();
  const printed = printKeys([key], Object.keys(key)).join('');
  const erasure = { dataset, key, printed, reason: 'they asked', person: 'tester' };
  const { generations } = await strikeOut(session, lease.fence, erasure);
  return generations;
}
