import assert from 'node:assert/strict';
import { connectSource } from '../../src/night/connect-source.ts';
import { approveHeld } from '../../src/night/decide-held.ts';
import type { NightRequest } from '../../src/night/night-request.ts';
import { runNight, type NightReport } from '../../src/night/run-night.ts';
import type { ConnectionDeclaration, Environment } from '../../src/pipeline/deployment.ts';
import { Session } from '../../src/warehouse/session.ts';
import type { PostgresAddress } from './address.ts';
import { inPostgres, temporaryPostgresDatabase, type TemporaryPostgresDatabase } from './databases.ts';
import { readMarkedShop, sourceRows, sourceTables, type ShopFiles } from './marked-shop.ts';
import { setting, testWarehouse, type TestConsumer, type TestWarehouse } from './warehouse.ts';

export interface NightOptions extends Partial<
  Pick<NightRequest, 'onEvent' | 'signal' | 'keepRaw' | 'dryRun' | 'first' | 'connect' | 'asOf'>
> {
  /** Files of the pipeline that differ from the shop's: another release. */
  readonly files?: ShopFiles;
  readonly keep?: number;
  /** Other consumers than at the beginning. */
  readonly consumers?: Environment['consumers'];
  /** Another way to the warehouse. */
  readonly warehouse?: Environment['warehouse'];
  /** What else differs in the environment: other sources, other limits. */
  readonly environment?: Partial<Environment>;
}

/** A warehouse and the small shop that it is filled from, both in one server. */
export interface ShopNights extends AsyncDisposable {
  readonly warehouse: TestWarehouse;
  readonly source: TemporaryPostgresDatabase;
  readonly environment: Environment;
  /** SQL in the source, as its owner. */
  inSource(sql: string): Promise<void>;
  /** Fills the source with rows that all say `marker`. */
  mark(marker: string): Promise<void>;
  /** The source's tables made anew, and filled with rows that all say `marker`. */
  renew(marker: string): Promise<void>;
  /** Runs a night over what the source holds: that of 2026-11-20 first, then one day after the other. */
  night(options?: NightOptions): Promise<NightReport>;
  /** `mark`, then `night`: gives the generation. */
  publish(marker: string, options?: NightOptions): Promise<number>;
  /** Excuses these judgements of the held candidate, and gives the generation that is then published. */
  approve(names: readonly string[], options?: NightOptions): Promise<number>;
  /** Runs a night that must be held, excuses these judgements, and gives the generation that is then published. */
  excuse(names: readonly string[], options?: NightOptions): Promise<number>;
  /** A connection of our own role's. */
  session(): Promise<Session>;
}

export const schema = 'shop_view';

/** Reads all but `secret`, pinned by its session. */
export const reader: TestConsumer = { name: 'reader', reads: ['customer', 'purchase'] };
/** The same, pinned by its transaction. */
export const pooled: TestConsumer = { ...reader, name: 'pooled', pin: 'transaction' };
export const insider: TestConsumer = { name: 'insider', reads: ['secret'] };

/** @param sourceServer where its source is, if not on the warehouse's server. */
export async function shopNights(
  server: PostgresAddress,
  consumers: readonly TestConsumer[] = [reader, pooled, insider],
  sourceServer = server,
): Promise<ShopNights> {
  await using begun = new AsyncDisposableStack();
  const source = begun.use(await temporaryPostgresDatabase(sourceServer));
  const warehouse = begun.use(await testWarehouse(server, consumers));
  const inSource = (sql: string): Promise<void> =>
    inPostgres(source, async (client) => {
      await client.query(sql);
    });
  await inSource(sourceTables);
  const environment: Environment = {
    name: 'test',
    pipeline: '/',
    timeZone: 'Europe/London',
    connections: [sourceDeclaration(source)],
    sources: [{ source: 'shop', connection: 'shop', schema: 'shop' }],
    warehouse: warehouse.declaration,
    schema,
    consumers: warehouse.consumers,
    people: [],
    keep: 4,
    skewLimit: 300,
    rowLimit: 1_000_000,
    channel: undefined,
  };
  const mark = (marker: string): Promise<void> => inSource(sourceRows.replaceAll('$marker$', `'${marker}'`));
  let nights = 0;
  const environmentOf = ({
    keep,
    consumers: others,
    warehouse: way,
    environment: changes,
  }: NightOptions) => ({
    ...environment,
    ...changes,
    keep: keep ?? changes?.keep ?? environment.keep,
    consumers: others ?? changes?.consumers ?? environment.consumers,
    warehouse: way ?? changes?.warehouse ?? environment.warehouse,
  });
  const night = async (options: NightOptions = {}): Promise<NightReport> => {
    const { files, keep: _keep, consumers: _consumers, warehouse: _way, ...request } = options;
    return runNight({
      pipeline: await readMarkedShop(files),
      release: 'test',
      asOf: dateOf(nights++),
      workers: 2,
      keepRaw: false,
      dryRun: false,
      first: true,
      connect: connectSource,
      onEvent: () => undefined,
      signal: new AbortController().signal,
      ...request,
      environment: environmentOf(options),
    });
  };
  const session = (): Promise<Session> =>
    Session.open({ address: warehouse.address, purpose: 'test', signal: new AbortController().signal });
  const approve = async (names: readonly string[], options: NightOptions = {}): Promise<number> => {
    await using own = await session();
    const { generation, open } = await approveHeld({
      ...{ session: own, environment: environmentOf(options), pipeline: await readMarkedShop(options.files) },
      ...{ release: 'test', names, reason: 'a test', person: 'tester', signal: new AbortController().signal },
    });
    assert.deepEqual(open, []);
    return generation;
  };
  const excuse = async (names: readonly string[], options: NightOptions = {}): Promise<number> => {
    await assert.rejects(night(options), { code: 'NJ-GUARD-HELD' });
    return approve(names, options);
  };
  const owned = begun.move();
  return {
    ...{ warehouse, source, environment, inSource, mark, night, approve, excuse, session },
    renew: async (marker) => {
      await inSource(`drop schema shop cascade; ${sourceTables}`);
      await mark(marker);
    },
    publish: async (marker, options) => {
      await mark(marker);
      return (await night(options)).generation ?? 0;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** One day after the other from 2026-11-20 on. */
function dateOf(night: number): string {
  return new Date(Date.UTC(2026, 10, 20 + night)).toISOString().slice(0, 10);
}

function sourceDeclaration(source: TemporaryPostgresDatabase): ConnectionDeclaration {
  return {
    name: 'shop',
    kind: 'postgres',
    host: setting(source.host),
    port: setting(source.port),
    user: setting(source.user),
    password: setting(source.password),
    database: setting(source.database),
    tls: { mode: 'default' },
    lockWait: 5,
    snapshotLimit: 60,
  };
}
