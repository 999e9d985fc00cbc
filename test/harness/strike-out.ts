import { printKeys } from '../../src/build/print-key.ts';
import { Lease } from '../../src/publish/lease.ts';
import { strikeOut } from '../../src/publish/erase.ts';
import { readMarkedShop, type ShopFiles } from './marked-shop.ts';
import type { ShopNights } from './shop-nights.ts';

/**
 * Strikes a key out as `nightjar erase` does; gives the generations that held it.
 *
 * @param files of the release that does it.
 */
export async function strikeOutOf(
  shop: ShopNights,
  dataset: string,
  key: Readonly<Record<string, unknown>>,
  files: ShopFiles = {},
): Promise<readonly number[]> {
  await using lease = await Lease.take(() => shop.warehouse.address, new AbortController().signal);
  await using session = await shop.session();
  const printed = printKeys([key], Object.keys(key)).join('');
  const erasure = { dataset, key, printed, reason: 'they asked', person: 'tester' };
  const { datasets } = await readMarkedShop(files);
  const contract = datasets.find(({ name }) => name === dataset)?.contract;
  if (contract === undefined) throw new Error(`no dataset ${dataset}`);
  const { generations } = await strikeOut(session, lease.fence, erasure, contract);
  return generations;
}
