import { countRows, type Hazard } from './hazard.ts';

/** Faults of assessments, whose links lead into other databases. */
export const assessmentHazards: readonly Hazard[] = [
  {
    hazard: 'H3',
    name: 'assessment-outcome-disagrees',
    sentence: 'outcomes whose text is not the label of their id',
    count: ({ people }) => people.count('outcome-disagrees'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM ${t('assessments', 'AssessmentOutcome')} x JOIN ${t('assessments', 'Outcome')} o ON o."id" = x."outcomeId" WHERE x."outcome" <> o."label"`,
  },
  {
    hazard: 'H4',
    name: 'assessment-orphan-trainee',
    sentence: 'assessments of a person that is none',
    count: ({ people }) => people.count('assessment-orphan-trainee'),
    sql: ({ t }) =>
      countRows(
        t('assessments', 'Assessment'),
        `"traineeId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'Person')} p WHERE p."id" = x."traineeId")`,
      ),
  },
  {
    hazard: 'H4',
    name: 'assessment-orphan-programme',
    sentence: 'assessments in a programme that is none',
    count: ({ people }) => people.count('assessment-orphan-programme'),
    sql: ({ t }) =>
      countRows(
        t('assessments', 'Assessment'),
        `"programmeId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'Programme')} p WHERE p."id" = x."programmeId")`,
      ),
  },
  {
    hazard: 'H4',
    name: 'assessment-orphan-membership',
    sentence: 'assessments under a curriculum membership that is none',
    count: ({ people }) => people.count('assessment-orphan-membership'),
    sql: ({ t }) =>
      countRows(
        t('assessments', 'Assessment'),
        `"curriculumMembershipId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'CurriculumMembership')} c WHERE c."id" = x."curriculumMembershipId")`,
      ),
  },
  {
    hazard: 'H8',
    name: 'assessment-without-trainee',
    sentence: 'assessments of nobody',
    count: ({ people }) => people.count('assessment-without-trainee'),
    sql: ({ t }) => countRows(t('assessments', 'Assessment'), '"traineeId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'assessment-without-detail',
    sentence: 'assessments without a row in AssessmentDetail',
    count: ({ people }) => people.count('assessment-without-detail'),
    sql: ({ t }) =>
      countRows(
        t('assessments', 'Assessment'),
        `NOT EXISTS (SELECT 1 FROM ${t('assessments', 'AssessmentDetail')} d WHERE d."id" = x."id")`,
      ),
  },
  {
    hazard: 'H11',
    name: 'assessment-zero-review-date',
    sentence: 'assessments reviewed on 0000-00-00 (NULL on PostgreSQL)',
    count: ({ people }) => people.count('zero-review-date'),
    sql: ({ t, system }) =>
      countRows(
        t('assessments', 'Assessment'),
        system === 'mysql' ? `"reviewDate" = '0000-00-00 00:00:00'` : '"reviewDate" IS NULL',
      ),
  },
  {
    hazard: 'H12',
    name: 'assessment-review-with-time',
    sentence: 'review dates with a time of day',
    count: ({ people }) => people.count('review-with-time'),
    sql: ({ t }) => countRows(t('assessments', 'Assessment'), `CAST("reviewDate" AS TIME) <> '00:00:00'`),
  },
  {
    hazard: 'H18',
    name: 'assessment-soft-deleted',
    sentence: 'assessments with a softDeletedDate',
    count: ({ people }) => people.count('soft-deleted-assessment'),
    sql: ({ t }) => countRows(t('assessments', 'Assessment'), '"softDeletedDate" IS NOT NULL'),
  },
];
