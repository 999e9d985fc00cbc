import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { publishedRows } from './published-rows.ts';
import { place } from './sample-night.ts';
import { expectedAssessments } from './story/expected-assessments.ts';
import { expectedLeaveManager } from './story/expected-leave-manager.ts';
import { expectedPeople } from './story/expected-people.ts';
import { expectedPlacements } from './story/expected-placements.ts';
import { expectedPosts } from './story/expected-posts.ts';
import { expectedProgrammes } from './story/expected-programmes.ts';
import { expectedReference } from './story/expected-reference.ts';
import { fillWithStory, storyNight } from './story/fill.ts';
import type { TextRow } from './text-table.ts';
import { runTisNight, shippedProduction, tisWarehouse } from './tis-night.ts';

/** Worked out by hand, from what a dataset promises. */
const expected: Readonly<Record<string, readonly TextRow[]>> = {
  ...expectedPeople,
  ...expectedPosts,
  ...expectedProgrammes,
  ...expectedPlacements,
  ...expectedAssessments,
  ...expectedReference,
  ...expectedLeaveManager,
};

const production = await shippedProduction();
const names = production.pipeline.datasets.map((dataset) => dataset.name);

it('the story tells of every dataset', () => {
  assert.deepEqual(Object.keys(expected).sort(), [...names].sort());
  assert.equal(names.length, 34);
});

const servers = new AsyncDisposableStack();
after(() => servers.disposeAsync());

for (const system of ['mysql', 'postgres'] as const) {
  describe(`the story read from ${system === 'mysql' ? 'MariaDB' : 'PostgreSQL'}`, () => {
    const published = new Map<string, readonly TextRow[]>();
    let sharers: readonly string[] = [];

    before(async () => {
      const source = await place(system, servers);
      await fillWithStory(source);
      // One to the oldest and one to the newest warehouse.
      const server = await testPostgres(system === 'mysql' ? 18 : 15);
      await using warehouse = await tisWarehouse(server, production.environment);
      await runTisNight({ production, source, warehouse, asOf: storyNight });
      sharers = await warehouse.asSuperuser(async (client) => {
        const { rows } = await client.query<{ person: string }>(
          `select key ->> 'person_tis_id' || ' of ' || office as person from nightjar.data_fault
            where dataset = 'lm_applicant' and fault = 'shares_email_address' order by 1`,
        );
        return rows.map(({ person }) => person);
      });
      const reader = await warehouse.connectAs('ndw_restricted');
      try {
        for (const dataset of production.pipeline.datasets)
          published.set(dataset.name, await publishedRows(reader, dataset));
      } finally {
        await reader.end();
      }
    });

    for (const name of names) {
      it(`${name} is what was worked out by hand`, () => {
        const dataset = production.pipeline.datasets.find((one) => one.name === name);
        const key = dataset?.contract.key ?? [];
        assert.deepEqual(inOrder(published.get(name) ?? [], key), inOrder(expected[name] ?? [], key));
      });
    }

    it('applicants who share an address are listed, with the office that can mend it', () => {
      assert.deepEqual(sharers, ['102 of East Midlands', '107 of East Midlands']);
    });
  });
}

function inOrder(rows: readonly TextRow[], key: readonly string[]): readonly TextRow[] {
  const keyOf = (row: TextRow): string => JSON.stringify(key.map((column) => row[column]));
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
