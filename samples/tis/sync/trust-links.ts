import type { SampleDatabase } from '../database/sample-database.ts';

type Body = 'employingBodyId' | 'trainingBodyId';

/**
 * The trusts of persons (by the posts of all their placements) and of posts. As the service does it, the delete is
 * committed first and the rows come back in pages, each committed: whoever reads in between sees none or some.
 * The code and name of the trust stay empty; only the id is written.
 */
export async function rebuildTrustLinks(
  database: SampleDatabase,
  kind: 'Person' | 'Post',
  idsAPage: number,
  signal?: AbortSignal,
): Promise<number> {
  const links = database.name('tcs', `${kind}Trust`);
  await database.run(`DELETE FROM ${links}`);
  let rows = 0;
  for (const body of ['employingBodyId', 'trainingBodyId'] as const) {
    const last = await highestId(database, kind);
    for (let low = 0; low < last; low += idsAPage) {
      signal?.throwIfAborted();
      const distinct = kind === 'Person' ? trustsOfPersons(database, body) : trustsOfPosts(database, body);
      const column = kind === 'Person' ? 'personId' : 'postId';
      rows += await database.run(
        `INSERT INTO ${links} ("id", "${column}", "trustId")
         SELECT ${rows} + ROW_NUMBER() OVER (ORDER BY entity, trust), entity, trust FROM (${distinct}) linked`,
        [low, low + idsAPage],
      );
    }
  }
  return rows;
}

function trustsOfPersons(database: SampleDatabase, body: Body): string {
  return (
    `SELECT DISTINCT pl."traineeId" AS entity, po."${body}" AS trust FROM ${database.name('tcs', 'Placement')} pl ` +
    `JOIN ${database.name('tcs', 'Post')} po ON po."id" = pl."postId" ` +
    `WHERE pl."traineeId" > ? AND pl."traineeId" <= ? AND po."${body}" IS NOT NULL`
  );
}

function trustsOfPosts(database: SampleDatabase, body: Body): string {
  return `SELECT "id" AS entity, "${body}" AS trust FROM ${database.name('tcs', 'Post')} WHERE "id" > ? AND "id" <= ? AND "${body}" IS NOT NULL`;
}

async function highestId(database: SampleDatabase, table: 'Person' | 'Post'): Promise<number> {
  const [found] = await database.query(`SELECT MAX("id") AS last FROM ${database.name('tcs', table)}`);
  return Number(found?.['last'] ?? 0);
}
