import assert from 'node:assert/strict';
import type pg from 'pg';
import type { System } from '../../samples/tis/hazards/hazard.ts';
import type { WorldOptions } from '../../samples/tis/world/world.ts';
import { askSource, changeSource, sampleNight, type SampleNight } from './sample-night.ts';
import type { Production } from './tis-night.ts';

/** One published sample, read by its consumers. */
export interface Published {
  readonly night: SampleNight;
  readonly ndw: pg.Client;
  readonly restricted: pg.Client;
}

export async function numberOf(
  client: pg.Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const { rows } = await client.query<{ found: number }>(`select count(*)::int as found from (${sql}) q`, [
    ...values,
  ]);
  return rows[0]?.found ?? Number.NaN;
}

/** The same made-up TIS, published from MariaDB and from PostgreSQL; what is said of one must hold of both. */
export class BothSamples implements AsyncDisposable {
  /** Names of the planted faults that were looked for. */
  readonly seen = new Set<string>();
  readonly #published: Published[] = [];
  readonly #stack = new AsyncDisposableStack();

  async publish(production: Production, options: WorldOptions): Promise<void> {
    const open = async (system: System): Promise<Published> => {
      const night = this.#stack.use(
        await sampleNight(production, system, options, (target) =>
          // One letter in two encodings, which the sample has not (H14).
          changeSource(
            target,
            `UPDATE {reference.Trust} SET "trustName" = 'Cafe\u0301 Trust' WHERE "id" = 1`,
          ),
        ),
      );
      return {
        night,
        ndw: await night.connectAs('ndw'),
        restricted: await night.connectAs('ndw_restricted'),
      };
    };
    this.#published.push(...(await Promise.all([open('mysql'), open('postgres')])));
  }

  from(system: System): Published {
    const found = this.#published.find((one) => one.night.sample.system === system);
    assert.ok(found !== undefined);
    return found;
  }

  async onEach(check: (one: Published) => Promise<void>): Promise<void> {
    await check(this.from('mysql'));
    await check(this.from('postgres'));
  }

  /** What a consumer sees is exactly what was planted. See `plantedSql`. */
  async seesPlanted(
    finds: Readonly<Record<string, string>>,
    as: 'ndw' | 'restricted' = 'ndw',
  ): Promise<void> {
    await this.onEach(async ({ night, ndw, restricted }) => {
      for (const [names, sql] of Object.entries(finds)) {
        const planted = names.split(' + ').map((name) => {
          this.seen.add(name);
          const count = night.sample.planted[name];
          assert.ok(count !== undefined, `no hazard is called ${name}`);
          return count;
        });
        const sum = planted.reduce((all, one) => all + one, 0);
        assert.ok(sum > 0, `${names}: nothing was planted`);
        const found = await numberOf(as === 'ndw' ? ndw : restricted, sql);
        assert.equal(found, sum, `${names} (${night.sample.system})`);
      }
    });
  }

  /** No row that a consumer sees is such a one. */
  async seesNone(sql: string): Promise<void> {
    await this.onEach(async ({ ndw, night }) => {
      assert.equal(await numberOf(ndw, sql), 0, `${sql} (${night.sample.system})`);
    });
  }

  /** At least one row is such a one: what is said about all of them is said about something. */
  async seesSome(sql: string): Promise<void> {
    await this.onEach(async ({ ndw, night }) => {
      assert.ok((await numberOf(ndw, sql)) > 0, `${sql} (${night.sample.system})`);
    });
  }

  /**
   * The planted rows, found in the source by a disagreement, and what is published about each.
   * @param disagreeing SQL on the source that gives `id` and `other`, the text beside the id.
   * @param judged the rest of a SELECT from `w (id, other)`: finds those of them that are published as they should be.
   */
  async idWins(name: string, disagreeing: string, judged: string): Promise<void> {
    await this.onEach(async ({ night, ndw }) => {
      this.seen.add(name);
      const found = await askSource(night.sample.target, disagreeing);
      assert.equal(found.length, night.sample.planted[name], name);
      const values = [found.map((row) => row['id']), found.map((row) => row['other'])];
      const sql = `select from unnest($1::text[], $2::text[]) w (id, other) ${judged}`;
      assert.equal(await numberOf(ndw, sql, values), found.length, `${name} (${night.sample.system})`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}
