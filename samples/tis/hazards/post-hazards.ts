import { unparsedIds } from '../tables/programme-rows.ts';
import { countGroups, countRows, type Hazard } from './hazard.ts';

/** Faults of posts, their links and their fundings. */
export const postHazards: readonly Hazard[] = [
  {
    hazard: 'H1',
    name: 'post-multiplied-by-eight',
    sentence:
      'posts with two PRIMARY specialties, two PRIMARY sites and two fundings, which a plain join makes eight rows of',
    count: ({ posts }) => posts.count('eightfold'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM (SELECT p."id" FROM ${t('tcs', 'Post')} p
       JOIN ${t('tcs', 'PostSpecialty')} s ON s."postId" = p."id" AND s."postSpecialtyType" = 'PRIMARY'
       JOIN ${t('tcs', 'PostSite')} i ON i."postId" = p."id" AND i."postSiteType" = 'PRIMARY'
       JOIN ${t('tcs', 'PostFunding')} f ON f."postId" = p."id" GROUP BY p."id" HAVING COUNT(*) = 8) g`,
  },
  {
    hazard: 'H2',
    name: 'post-with-two-primary-specialties',
    sentence: 'posts with more than one PRIMARY specialty',
    count: ({ posts }) => posts.count('two-primary-specialties') + posts.count('eightfold'),
    sql: ({ t }) =>
      countGroups(t('tcs', 'PostSpecialty'), '"postId"', `"postSpecialtyType" = 'PRIMARY'`, 'COUNT(*) > 1'),
  },
  {
    hazard: 'H2',
    name: 'post-with-two-primary-sites',
    sentence: 'posts with more than one PRIMARY site',
    count: ({ posts }) => posts.count('two-primary-sites') + posts.count('eightfold'),
    sql: ({ t }) =>
      countGroups(t('tcs', 'PostSite'), '"postId"', `"postSiteType" = 'PRIMARY'`, 'COUNT(*) > 1'),
  },
  {
    hazard: 'H2',
    name: 'post-with-two-approved-grades',
    sentence: 'posts with more than one APPROVED grade',
    count: ({ posts }) => posts.count('two-approved-grades'),
    sql: ({ t }) =>
      countGroups(t('tcs', 'PostGrade'), '"postId"', `"postGradeType" = 'APPROVED'`, 'COUNT(*) > 1'),
  },
  {
    hazard: 'H8',
    name: 'post-without-primary-specialty',
    sentence: 'posts without a PRIMARY specialty',
    count: ({ posts }) => posts.count('no-primary-specialty'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Post'),
        `NOT EXISTS (SELECT 1 FROM ${t('tcs', 'PostSpecialty')} s WHERE s."postId" = x."id" AND s."postSpecialtyType" = 'PRIMARY')`,
      ),
  },
  {
    hazard: 'H4',
    name: 'post-with-orphan-employer',
    sentence: 'posts whose employing body is no trust',
    count: ({ posts }) => posts.count('orphan-employer'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Post'),
        `NOT EXISTS (SELECT 1 FROM ${t('reference', 'Trust')} r WHERE r."id" = x."employingBodyId") AND x."employingBodyId" IS NOT NULL`,
      ),
  },
  {
    hazard: 'H4',
    name: 'post-site-orphan',
    sentence: 'sites of posts that are no site',
    count: ({ posts }) => posts.count('post-orphan-site'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'PostSite'),
        `"siteId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('reference', 'Site')} r WHERE r."id" = x."siteId")`,
      ),
  },
  {
    hazard: 'H4',
    name: 'post-grade-orphan',
    sentence: 'grades of posts that are no grade',
    count: ({ posts }) => posts.count('post-orphan-grade'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'PostGrade'),
        `"gradeId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('reference', 'Grade')} r WHERE r."id" = x."gradeId")`,
      ),
  },
  {
    hazard: 'H5',
    name: 'funding-body-unparsed',
    sentence: `fundings whose body is no number (${unparsedIds.map((text) => `"${text}"`).join(', ')})`,
    count: ({ posts }) => posts.count('funding-body-unparsed'),
    sql: ({ t, notDigits }) => countRows(t('tcs', 'PostFunding'), notDigits('"fundingBodyId"')),
  },
  {
    hazard: 'H5',
    name: 'funding-body-orphan',
    sentence: 'fundings whose body is a number, but of no trust',
    count: ({ posts }) => posts.count('funding-body-orphan'),
    sql: ({ t, notDigits, textOf }) =>
      countRows(
        t('tcs', 'PostFunding'),
        `NOT (${notDigits('"fundingBodyId"')}) AND NOT EXISTS (SELECT 1 FROM ${t('reference', 'Trust')} r WHERE ${textOf('r."id"')} = x."fundingBodyId")`,
      ),
  },
  {
    hazard: 'H15',
    name: 'funding-label-drifted',
    sentence: 'fundings whose label is a known one in other words or letters, or unknown',
    count: ({ posts }) => posts.count('drifted-funding-label') + posts.count('unknown-funding-label'),
    sql: ({ t, exactly }) =>
      countRows(
        t('tcs', 'PostFunding'),
        `NOT EXISTS (SELECT 1 FROM ${t('reference', 'FundingType')} r WHERE ${exactly('x."fundingType"', 'r."label"')})`,
      ),
  },
  {
    hazard: 'H7',
    name: 'post-under-old-owner',
    sentence: 'posts whose owner has the name it had before 2024',
    count: ({ posts }) => posts.count('old-owner'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Post'),
        `"owner" IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H7',
    name: 'post-with-unknown-owner',
    sentence: 'posts whose owner no list knows',
    count: ({ posts }) => posts.count('unknown-owner'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Post'),
        `"owner" NOT IN (SELECT "name" FROM ${t('reference', 'LocalOffice')}) AND "owner" NOT IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H8',
    name: 'post-without-owner',
    sentence: 'posts without an owner',
    count: ({ posts }) => posts.count('no-owner'),
    sql: ({ t }) => countRows(t('tcs', 'Post'), '"owner" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'post-without-number',
    sentence: 'posts without a national post number',
    count: ({ posts }) => posts.count('no-number'),
    sql: ({ t }) => countRows(t('tcs', 'Post'), '"nationalPostNumber" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'post-site-without-site',
    sentence: 'PRIMARY sites of posts that name no site',
    count: ({ posts }) => posts.count('site-null'),
    sql: ({ t }) => countRows(t('tcs', 'PostSite'), '"siteId" IS NULL'),
  },
  {
    hazard: 'H14',
    name: 'post-number-with-trailing-blank',
    sentence: 'national post numbers that end in a blank',
    count: ({ posts }) => posts.count('blank-number'),
    sql: ({ t }) => countRows(t('tcs', 'Post'), `"nationalPostNumber" LIKE '% '`),
  },
  {
    hazard: 'H18',
    name: 'post-soft-deleted',
    sentence: 'posts with status DELETE',
    count: ({ posts }) => posts.count('soft-deleted-post'),
    sql: ({ t }) => countRows(t('tcs', 'Post'), `"status" = 'DELETE'`),
  },
  {
    hazard: 'H19',
    name: 'post-with-stale-funding-status',
    sentence: 'posts whose stored funding status is not what their fundings say today',
    count: ({ posts }) => posts.count('stale-funding-status'),
    sql: ({ t, today }) =>
      countRows(
        t('tcs', 'Post'),
        `(x."fundingStatus" = 'CURRENT') <> EXISTS (SELECT 1 FROM ${t('tcs', 'PostFunding')} f WHERE f."postId" = x."id"
          AND f."startDate" <= DATE '${today}' AND (f."endDate" IS NULL OR f."endDate" >= DATE '${today}'))`,
      ),
  },
];
