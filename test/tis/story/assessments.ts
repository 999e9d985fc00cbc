import { across, down, type TextRow } from '../text-table.ts';

/** 1501 has everything; the links of 1502 lead nowhere; 1503 is deleted; 1504 is of nobody. */
export const assessmentStory: Readonly<Record<string, readonly TextRow[]>> = {
  'assessments.Assessment': across(`
    id   | traineeId | reviewDate           | type | status    | programmeId | programmeNumber | programmeName  | curriculumMembershipId | softDeletedDate     | amendedDate
    1501 | 101       | 2026-05-20 14:30:00  | ARCP | COMPLETED | 901         | EMD001          | Acute Medicine | 1701                   | ·                   | 2026-05-21 08:00:00.25
    1502 | 99999     | 2026-05-20 00:00:00  | RITA | ·         | 99999       | ·               | ·              | 99999                  | ·                   | 2026-05-21 00:00:00
    1503 | 101       | 2026-05-20 00:00:00  | ARCP | ·         | ·           | ·               | ·              | ·                      | 2026-05-22 00:00:00 | 2026-05-21 00:00:00
    1504 | ·         | !0000-00-00 00:00:00 | ·    | ·         | ·           | ·               | ·              | ·                      | ·                   | 2026-05-21 00:00:00
  `),
  'assessments.AssessmentDetail': down(`
    id                     | 1501                | 1503
    curriculumId           | 801                 | 801
    curriculumName         | Acute Medicine 2022 | ·
    curriculumSpecialty    | Acute Medicine      | ·
    curriculumSubType      | MEDICAL_CURRICULUM  | ·
    membershipType         | SUBSTANTIVE         | ·
    gradeId                | 11                  | ·
    gradeAbbreviation      | ST3                 | ·
    periodCoveredFrom      | 2025-08-06 00:00:00 | ·
    periodCoveredTo        | 2026-05-19 23:00:00 | ·
    monthsWteDuringPeriod  | 9                   | ·
    monthsCountedToTraining | 8                  | ·
    daysOutOfTraining      | 4                   | ·
    pya                    | 1                   | ·
  `),
  'assessments.AssessmentOutcome': down(`
    id                             | 1501                | 1502           | 1503
    outcomeId                      | 1                   | 999            | 1
    outcome                        | An older wording    | Legacy wording | ·
    underAppeal                    | 1                   | 0              | 0
    academicOutcome                | Progress made       | ·              | ·
    trainingCompletionDate         | 2029-08-01 00:00:00 | ·              | ·
    extendedTrainingCompletionDate | 2030-02-01 00:00:00 | ·              | ·
    extendedTrainingTimeInMonths   | 6                   | ·              | ·
    nextRotationGradeId            | 12                  | ·              | ·
    nextRotationGradeAbbr          | F1                  | ·              | ·
    nextReviewDate                 | 2027-05-20 00:00:00 | ·              | ·
  `),
  'assessments.Revalidation': across(`
    id   | knownConcerns
    1501 | 1
    1503 | 0
  `),
  'assessments.Outcome': across(`
    id | code | label
    1  | 1    | Satisfactory progress
  `),
  'assessments.Reason': across(`
    id | code | label
    1  | U1   | Record of training
  `),
  // 1602 is of an assessment that is deleted; the reason of 1603 is in no list.
  'assessments.AssessmentOutcomeReason': across(`
    id   | assessmentOutcomeId | reasonId | other
    1601 | 1501                | 1        | Because zqu
    1602 | 1503                | 1        | ·
    1603 | 1502                | 99       | ·
  `),
};
