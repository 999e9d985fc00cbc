import { across, down, type TextRow } from '../text-table.ts';

/** What the story's assessments must look like when published: 1503 is deleted, and so are its reasons. */
export const expectedAssessments: Readonly<Record<string, readonly TextRow[]>> = {
  assessment: down(`
    assessment_id                     | 1501                   | 1502                | 1504
    person_tis_id                     | 101                    | 99999               | ·
    review_date                       | 2026-05-20 14:30:00    | 2026-05-20 00:00:00 | ·
    assessment_type                   | ARCP                   | RITA                | ·
    status                            | COMPLETED              | ·                   | ·
    programme_id                      | 901                    | 99999               | ·
    programme_number                  | EMD001                 | ·                   | ·
    programme_name                    | Acute Medicine         | ·                   | ·
    curriculum_membership_id          | 1701                   | 99999               | ·
    curriculum_id                     | 801                    | ·                   | ·
    curriculum_name                   | Acute Medicine 2022    | ·                   | ·
    curriculum_specialty              | Acute Medicine         | ·                   | ·
    curriculum_sub_type               | MEDICAL_CURRICULUM     | ·                   | ·
    membership_type                   | SUBSTANTIVE            | ·                   | ·
    grade_id                          | 11                     | ·                   | ·
    grade_abbreviation                | ST3                    | ·                   | ·
    period_covered_from               | 2025-08-06 00:00:00    | ·                   | ·
    period_covered_to                 | 2026-05-19 23:00:00    | ·                   | ·
    months_wte_during_period          | 9                      | ·                   | ·
    months_counted_to_training        | 8                      | ·                   | ·
    days_out_of_training              | 4                      | ·                   | ·
    pya                               | true                   | ·                   | ·
    outcome_id                        | 1                      | 999                 | ·
    outcome                           | Satisfactory progress  | Legacy wording      | ·
    under_appeal                      | true                   | false               | ·
    academic_outcome                  | Progress made          | ·                   | ·
    training_completion_date          | 2029-08-01 00:00:00    | ·                   | ·
    extended_training_completion_date | 2030-02-01 00:00:00    | ·                   | ·
    extended_training_time_in_months  | 6                      | ·                   | ·
    next_rotation_grade_id            | 12                     | ·                   | ·
    next_rotation_grade_abbreviation  | F1                     | ·                   | ·
    next_review_date                  | 2027-05-20 00:00:00    | ·                   | ·
    known_concerns                    | true                   | ·                   | ·
    amended_date                      | 2026-05-21 08:00:00.25 | 2026-05-21 00:00:00 | 2026-05-21 00:00:00
  `),
  assessment_outcome_reason: across(`
    assessment_outcome_reason_id | assessment_id | reason_code | reason             | other_reason
    1601                         | 1501          | U1          | Record of training | Because zqu
    1603                         | 1502          | ·           | ·                  | ·
  `),
};
