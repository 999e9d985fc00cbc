import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresAddress } from '../harness/address.ts';
import { shopFiles, writeMarkedShop, type ShopFiles } from '../harness/marked-shop.ts';
import { commandVariables, shopDeployment, testToken } from '../harness/shop-deployment.ts';
import { shopNights, type NightOptions, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { startCrashing, type CrashingProgram, type CrashOrder } from './crashing-program.ts';
import { hasPublished, published, type Published } from './oracles/published.ts';

/** Generations kept: few, so that each night retires one. */
const keep = 2;

/** The shop with something to measure. */
const files: ShopFiles = {
  'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}references: { customer_id: customer }\n`,
};

/** Breaks the contract of one row: each night but the first to be published holds it, as that night had it. */
export const breakRow = {
  postgres: 'update shop.customer set age = 3 where id = 7',
  maria: 'update customer set age = 3 where id = 7',
} as const;

/** What the source holds in turn: two nights over the same rows must publish the same. */
export type Marker = 'even' | 'odd';

/** A small shop, its warehouse and its deployment file, where one fault is tried after the other. */
export interface FaultPlace extends AsyncDisposable {
  readonly name: string;
  readonly shop: ShopNights;
  /** What an undisturbed night publishes of each marker; empty for a warehouse that is new. */
  readonly references: Readonly<Partial<Record<Marker, Published>>>;
  /** Lets the source hold the other marker's rows from now on, and gives it. */
  turn(): Promise<Marker>;
  /** What the source holds now. */
  marker(): Marker;
  /** A night in this process. */
  night(options?: NightOptions): Promise<void>;
  /** A night in a process of its own. @param order what it does at a crash point. */
  startNight(order?: CrashOrder): CrashingProgram;
  /** `nightjar switch-due` in a process of its own. */
  startSwitchDue(consumer: string, order?: CrashOrder): CrashingProgram;
  /** `nightjar hold approve` in a process of its own. */
  startApproval(judgements: readonly string[], order?: CrashOrder): CrashingProgram;
}

export interface PlaceOptions {
  readonly warehouse: PostgresAddress;
  readonly source: PostgresAddress;
  /** With nothing in the warehouse: not even the control schema. */
  readonly fresh?: boolean;
  /** The references of another place, in place of nights of its own. */
  readonly references?: FaultPlace['references'];
}

export async function faultPlace(options: PlaceOptions): Promise<FaultPlace> {
  await using begun = new AsyncDisposableStack();
  const shop = begun.use(await shopNights(options.warehouse, undefined, options.source));
  const folder = begun.use(await temporaryFolder());
  const file = join(folder.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop, { keep }));
  await mkdir(join(folder.path, 'shop'));
  await writeMarkedShop(join(folder.path, 'shop'), files);

  const variables = commandVariables(shop);
  let turns = 0;
  const marker = (): Marker => (turns % 2 === 0 ? 'even' : 'odd');
  const turn = async (): Promise<Marker> => {
    turns++;
    const isFirst = !(await hasPublished(shop));
    await shop.mark(marker());
    if (!isFirst) await shop.inSource(breakRow.postgres);
    return marker();
  };
  let nights = 0;
  const night = async (changes: NightOptions = {}): Promise<void> => {
    await shop.night({
      files,
      keep,
      asOf: dateOf(nights++),
      signal: AbortSignal.timeout(90_000),
      ...changes,
    });
  };
  const references: Partial<Record<Marker, Published>> = { ...options.references };
  // Where they are known one night is enough to have something published.
  const wanted = options.fresh === true ? 0 : options.references === undefined ? 3 : 1;
  for (let time = 0; time < wanted; time++) {
    const held = await turn();
    await night();
    const read = await published(shop);
    if (read !== undefined) references[held] = read;
  }
  const owned = begun.move();
  return {
    ...{ name: `PostgreSQL ${options.warehouse.major}`, shop, references, turn, marker, night },
    startNight: (order) =>
      startCrashing(['run', '--first', '--file', file, '--night', dateOf(nights++)], variables, order),
    startSwitchDue: (consumer, order) =>
      startCrashing(['switch-due', consumer, '--file', file], variables, order),
    startApproval: (judgements, order) =>
      startCrashing(
        ['hold', 'approve', ...judgements, '--reason', 'a test', '--file', file],
        { ...variables, NIGHTJAR_TOKEN: testToken },
        order,
      ),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** One day after the other from 2026-01-01 on. */
function dateOf(night: number): string {
  return new Date(Date.UTC(2026, 0, 1 + night)).toISOString().slice(0, 10);
}
