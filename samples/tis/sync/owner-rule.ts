import type { SampleDatabase } from '../database/sample-database.ts';

/** The rules in the order in which they are asked. P3, P4 and P9 have names and no meaning any more. */
const rules = ['P1', 'P2', 'P5', 'P6', 'P7', 'P8'] as const;

/**
 * Who owns a person, as the service's stored procedure says: the first of these rules that yields an owner.
 * P1 current programme, P2 current post, P5 next programme, P6 next post, P7 last programme, P8 last post; among several
 * the earliest start for P1 to P6, the latest end for P7 and P8. The procedure leaves open which of two equal dates
 * wins; here it is the lower id, so that the same sample comes out twice.
 *
 * Gives id, owner and rule for each person; both are null for who has neither programme nor post. Each candidate is one
 * number whose digits are rule, date and id, and the lowest wins: sorting two million candidates in windows took
 * MariaDB minutes, their minimum by person takes seconds.
 */
export function ownerSelect(database: SampleDatabase, today: string): string {
  const table = (name: string) => database.name('tcs', name);
  const rank = `best.candidate - MOD(best.candidate, ${ruleUnit})`;
  const which = rules
    .map((rule, at) => `WHEN ${rank} = ${at + 1}${ruleUnit.slice(1)} THEN '${rule}'`)
    .join(' ');
  const viaProgramme = rules
    .flatMap((_, at) => (at % 2 === 0 ? [`${at + 1}${ruleUnit.slice(1)}`] : []))
    .join(', ');
  return `
    SELECT p."id", COALESCE(prg."owner", pst."owner"), CASE ${which} END
    FROM ${table('Person')} p
    LEFT JOIN (
      SELECT person, MIN(candidate) AS candidate FROM (
        SELECT pm."personId" AS person, ${candidate('pm."programmeStartDate"', 'pm."programmeEndDate"', 'owned."id"', today, [1, 3, 5])} AS candidate
        FROM ${table('ProgrammeMembership')} pm JOIN ${table('Programme')} owned ON owned."id" = pm."programmeId" AND owned."owner" IS NOT NULL
        UNION ALL
        SELECT pl."traineeId", ${candidate('pl."dateFrom"', 'pl."dateTo"', 'owned."id"', today, [2, 4, 6])}
        FROM ${table('Placement')} pl JOIN ${table('Post')} owned ON owned."id" = pl."postId" AND owned."owner" IS NOT NULL
        WHERE pl."traineeId" IS NOT NULL
      ) candidates GROUP BY person
    ) best ON best.person = p."id"
    LEFT JOIN ${table('Programme')} prg ON prg."id" = MOD(best.candidate, ${dateUnit}) AND ${rank} IN (${viaProgramme})
    LEFT JOIN ${table('Post')} pst ON pst."id" = MOD(best.candidate, ${dateUnit}) AND ${rank} NOT IN (${viaProgramme})`;
}

/** One digit for the rule, eight for the date, ten for the id: 19 in all, within a bigint as long as the rule is below 9. */
const ruleUnit = '1000000000000000000';
const dateUnit = '10000000000';

type RuleNumbers = readonly [current: number, next: number, last: number];

function candidate(
  from: string,
  to: string,
  id: string,
  today: string,
  [current, next, last]: RuleNumbers,
): string {
  const digits = (date: string) =>
    `(EXTRACT(YEAR FROM ${date}) * 10000 + EXTRACT(MONTH FROM ${date}) * 100 + EXTRACT(DAY FROM ${date}))`;
  const number = (rule: number, date: string) =>
    `CAST(${rule}${ruleUnit.slice(1)} + ${date} * ${dateUnit} + ${id} AS DECIMAL(20, 0))`;
  return (
    `CASE WHEN ${from} <= DATE '${today}' AND ${to} >= DATE '${today}' THEN ${number(current, digits(from))} ` +
    `WHEN ${from} > DATE '${today}' THEN ${number(next, digits(from))} ` +
    `WHEN ${to} < DATE '${today}' THEN ${number(last, `(99999999 - ${digits(to)})`)} END`
  );
}

/** The nightly job: TRUNCATE, which no transaction undoes, then one large insert. In between, the table is empty. */
export async function rebuildPersonOwner(database: SampleDatabase, today: string): Promise<number> {
  const owners = database.name('tcs', 'PersonOwner');
  await database.run(`TRUNCATE TABLE ${owners}`);
  return database.run(`INSERT INTO ${owners} ("id", "owner", "rule") ${ownerSelect(database, today)}`);
}
