import type { SampleDatabase } from '../database/sample-database.ts';
import { dayText, type Day } from '../time/day.ts';

/** Persons by their ids. */
export interface PersonPage {
  readonly above: number;
  readonly upTo: number;
}

/**
 * Person.status, for those whose membership starts today or ended yesterday, and for nobody else: who was missed one
 * night stays wrong (H19). CURRENT if and only if a membership with both dates spans today.
 */
export async function recomputePersonStatus(
  database: SampleDatabase,
  today: Day,
  page: PersonPage = { above: 0, upTo: Number.MAX_SAFE_INTEGER },
): Promise<number> {
  const memberships = database.name('tcs', 'ProgrammeMembership');
  const persons = database.name('tcs', 'Person');
  const current =
    `EXISTS (SELECT 1 FROM ${memberships} m WHERE m."personId" = ${persons}."id" ` +
    `AND m."programmeStartDate" <= DATE '${dayText(today)}' AND m."programmeEndDate" >= DATE '${dayText(today)}')`;
  const wanted = `CASE WHEN ${current} THEN 'CURRENT' ELSE 'INACTIVE' END`;
  return database.run(
    `UPDATE ${persons} SET "status" = ${wanted}, "amendedDate" = ?
     WHERE "id" IN (SELECT "personId" FROM ${memberships} WHERE "programmeEndDate" = DATE '${dayText(today - 1)}' OR "programmeStartDate" = DATE '${dayText(today)}')
     AND "id" > ? AND "id" <= ? AND COALESCE("status", '') <> ${wanted}`,
    [`${dayText(today)} 01:00:00.000`, page.above, page.upTo],
  );
}

/** Post.fundingStatus, INACTIVE where the last funding ended yesterday. It is never set CURRENT by night. */
export async function endFundingStatus(database: SampleDatabase, today: Day): Promise<number> {
  const fundings = database.name('tcs', 'PostFunding');
  const posts = database.name('tcs', 'Post');
  const yesterday = `DATE '${dayText(today - 1)}'`;
  return database.run(
    `UPDATE ${posts} SET "fundingStatus" = 'INACTIVE'
     WHERE "id" IN (SELECT "postId" FROM ${fundings} WHERE "startDate" IS NOT NULL AND "endDate" = ${yesterday})
     AND NOT EXISTS (SELECT 1 FROM ${fundings} f WHERE f."postId" = ${posts}."id" AND (f."endDate" IS NULL OR f."endDate" > ${yesterday}))
     AND "fundingStatus" <> 'INACTIVE'`,
  );
}
