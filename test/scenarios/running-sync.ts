import assert from 'node:assert/strict';
import { connectSample } from '../../samples/tis/database/connect.ts';
import type { SampleDatabase } from '../../samples/tis/database/sample-database.ts';
import { ownerSelect, rebuildPersonOwner } from '../../samples/tis/sync/owner-rule.ts';
import { endFundingStatus, recomputePersonStatus, type PersonPage } from '../../samples/tis/sync/statuses.ts';
import { rebuildTrustLinks } from '../../samples/tis/sync/trust-links.ts';
import { parseDay } from '../../samples/tis/time/day.ts';
import type { NightRequest } from '../../src/night/night-request.ts';
import { connectDisturbed } from '../harness/disturbed-source.ts';
import type { Scenario } from './scenario.ts';
import { england, tisStage } from './tis-stage.ts';

/** Pages in which a job of TIS writes, each committed by itself. */
const pages = 10;

/** Nights that read while the jobs before them still write, page by page. */
export const runningSync: readonly Scenario[] = [
  {
    date: '8 Jan 2024, as it ran',
    what: 'PersonOwner is being refilled, a page committed at a time, while the night reads',
    then: 'people missing half a day, and every job had "completed"',
    play: async () => {
      await using stage = await tisStage();
      await using database = await connectSample(stage.night.sample.target);
      const owners = database.name('tcs', 'PersonOwner');
      await database.run(`TRUNCATE TABLE ${owners}`);
      const job = await pagedJob(database, async ({ above, upTo }) => {
        await database.run(
          `INSERT INTO ${owners} ("id", "owner", "rule") ${ownerSelect(database, '2026-06-02')} WHERE p."id" > ? AND p."id" <= ?`,
          [above, upTo],
        );
      });
      await job.write(pages / 2);
      const judged = await stage.next('2026-06-02', { connect: job.goesOnWhileRead });
      assert.equal(await job.rest(), 0, 'the job was over before the night had read');
      assert.ok(judged.failed.includes('coverage:person.owner'), judged.failed.join());
      const sentence = judged.sentence('coverage:person.owner');
      const [, without = '', all = ''] =
        /no row in tcs_person_owner in ([\d,]+) of ([\d,]+) rows/.exec(sentence) ?? [];
      const share = number(without) / number(all);
      assert.ok(share > 0.4 && share < 0.6, sentence);
      // The same job, whole by the time the night reads.
      assert.deepEqual((await stage.next('2026-06-02')).failed, []);
      return `Nobody reads it: the candidate is held. ${sentence} A rerun, when the job was over, published.`;
    },
  },
  {
    date: 'changeover, 5 Aug 2026',
    what: 'Person.status is recomputed page by page as the night reads: most are still those of yesterday',
    then: 'a status goes stale for good: the job looks at nobody whose day has passed (H19)',
    play: async () => {
      await using stage = await tisStage({ ...england, scale: 1 / 50, today: '2026-08-04' });
      await using database = await connectSample(stage.night.sample.target);
      const today = parseDay('2026-08-05');
      await rebuildPersonOwner(database, '2026-08-05');
      await rebuildTrustLinks(database, 'Person', 1000);
      await rebuildTrustLinks(database, 'Post', 1000);
      await endFundingStatus(database, today);
      const job = await pagedJob(database, async (page) => {
        await recomputePersonStatus(database, today, page);
      });
      await job.write(1);
      const judged = await stage.next('2026-08-05', { connect: job.goesOnWhileRead });
      assert.equal(await job.rest(), 0, 'the job was over before the night had read');
      assert.deepEqual(judged.failed, ['faults:person.stale_status']);
      const sentence = judged.sentence('faults:person.stale_status');
      assert.match(
        sentence,
        /^person has the fault "The status is not the one that the person's memberships give on this date; .*" in [\d,]+ of [\d,]+ rows; as published it was /,
      );
      assert.deepEqual((await stage.next('2026-08-05')).failed, []);
      return `Nobody reads it: the candidate is held. ${sentence} A rerun, when the job was over, published.`;
    },
  },
];

interface PagedJob {
  /** Writes so many pages more. */
  write(count: number): Promise<void>;
  /** A way to the source: the job writes a page whenever the night begins to read a table, inside its snapshot. */
  readonly goesOnWhileRead: NightRequest['connect'];
  /** Writes what is left; gives how many pages that were. */
  rest(): Promise<number>;
}

async function pagedJob(
  database: SampleDatabase,
  writePage: (page: PersonPage) => Promise<void>,
): Promise<PagedJob> {
  const [found] = await database.query(`SELECT MAX("id") AS last FROM ${database.name('tcs', 'Person')}`);
  const size = Math.ceil(Number(found?.['last'] ?? 0) / pages);
  let written = 0;
  const write = async (count: number): Promise<void> => {
    for (const until = Math.min(pages, written + count); written < until; written++) {
      await writePage({ above: written * size, upTo: (written + 1) * size });
    }
  };
  return {
    write,
    goesOnWhileRead: connectDisturbed({ before: () => write(1) }),
    rest: async () => {
      const left = pages - written;
      await write(left);
      return left;
    },
  };
}

function number(grouped: string): number {
  return Number(grouped.replaceAll(',', ''));
}
