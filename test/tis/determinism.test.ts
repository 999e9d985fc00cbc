import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { rebuildShuffled, type Digests, type Rebuilt } from './rebuild.ts';
import { testSample, type TestSample } from './sample-night.ts';
import { runTisNight, shippedProduction, tisWarehouse } from './tis-night.ts';

const today = '2026-06-01';
const production = await shippedProduction();
const names = production.pipeline.datasets.map((dataset) => dataset.name);

interface Built extends Rebuilt {
  /** Built as each night builds, from raw tables in the order in which the source gave them. */
  readonly asEachNight: Digests;
  readonly rows: Readonly<Record<string, number>>;
}

const built = new Map<string, Built>();
const stack = new AsyncDisposableStack();
after(() => stack.disposeAsync());

const cases = (['MariaDB', 'PostgreSQL'] as const).flatMap((source) =>
  ([15, 18] as const).map((major) => ({ source, major, name: `${source} into PostgreSQL ${major}` })),
);

describe('a dataset depends on the rows of TIS and on the night alone', () => {
  before(async () => {
    await Promise.all(
      (['MariaDB', 'PostgreSQL'] as const).map(async (source) => {
        const system = source === 'MariaDB' ? 'mysql' : 'postgres';
        const sample = stack.use(
          await testSample(system, { scale: 1 / 500, seed: 11, today, region: 'england' }),
        );
        for (const { name, major } of cases.filter((one) => one.source === source))
          built.set(name, await buildBoth(sample, major));
      }),
    );
  });

  for (const { name } of cases) {
    it(`${name}: in another physical order and without parallel workers every digest is the same`, () => {
      const one = built.get(name);
      assert.ok(one !== undefined);
      assert.equal(Object.keys(one.asEachNight).length, 34);
      for (const dataset of names)
        assert.ok((one.rows[dataset] ?? 0) > 0, `${dataset} is empty, and proves nothing`);
      assert.deepEqual(one.alone, one.asEachNight);
    });

    it(`${name}: with parallel workers every digest is the same`, () => {
      const one = built.get(name);
      assert.ok(
        one !== undefined && one.parallelPlans >= 20,
        `only ${one?.parallelPlans ?? 0} plans had workers`,
      );
      assert.deepEqual(one.inParallel, one.asEachNight);
    });
  }

  it('MariaDB and PostgreSQL, read into 15 and 18, give the same 34 digests', () => {
    const [first, ...others] = cases.map((one) => built.get(one.name)?.asEachNight);
    assert.ok(first !== undefined);
    for (const other of others) assert.deepEqual(other, first);
  });
});

async function buildBoth(sample: TestSample, major: 15 | 18): Promise<Built> {
  await using warehouse = await tisWarehouse(await testPostgres(major), production.environment);
  const { pipeline } = production;
  const { run, datasets } = await runTisNight({
    production,
    source: sample.target,
    warehouse,
    asOf: today,
    rehearse: true,
  });
  const again = await rebuildShuffled({ address: warehouse.address, pipeline, run, asOf: today });
  return {
    asEachNight: Object.fromEntries(datasets.map((dataset) => [dataset.name, dataset.digest])),
    rows: Object.fromEntries(datasets.map((dataset) => [dataset.name, dataset.rows])),
    ...again,
  };
}
