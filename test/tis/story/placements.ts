import { across, type TextRow } from '../text-table.ts';

/**
 * The night is that of 2026-06-01. 1001 ends on it, 1002 begins on it, 1003 begins the day after, 1004 ended the day
 * before; 1005 to 1008 stand on the edges of the Leave Manager's window; 1009 and 1010 lack what they can.
 */
export const placementStory: Readonly<Record<string, readonly TextRow[]>> = {
  'tcs.Placement': across(`
    id   | intrepidId | traineeId | postId | dateFrom    | dateTo      | placementType | placementWholeTimeEquivalent | gradeId | gradeAbbreviation | siteId | siteCode | localPostNumber | trainingDescription | lifecycleState | placementAddedDate  | placementAmendedDate
    1001 | 44001      | 101       | 301    | 2026-02-04  | 2026-06-01  | In Post       | 0.8                          | 11      | F1                | 601    | ZZ999    | LP1             | Day release         | APPROVED       | 2025-10-11 12:13:14 | 2026-01-02 03:04:05
    1002 | ·          | 101       | 302    | 2026-06-01  | 2026-08-04  | In post       | 1                            | 999     | ST3               | 602    | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1003 | ·          | 101       | 301    | 2026-06-02  | 2026-08-04  | ·             | 0.05                         | 12      | ·                 | 603    | ·        | ·               | ·                   | DRAFT          | ·                   | ·
    1004 | ·          | 101       | 301    | 2025-08-06  | 2026-05-31  | ·             | 0.1                          | 11      | ·                 | 999    | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1005 | ·          | 101       | ·      | 2026-07-27  | 2027-02-02  | ·             | ·                            | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1006 | ·          | 101       | ·      | 2026-07-28  | 2027-02-02  | ·             | 0.3333333                    | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1007 | ·          | 101       | ·      | 2025-12-03  | 2026-04-06  | ·             | 1.2                          | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1008 | ·          | 101       | ·      | 2025-12-03  | 2026-04-05  | ·             | 123456                       | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1009 | ·          | ·         | 399    | ·           | 2026-08-04  | ·             | ·                            | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1010 | ·          | 103       | 301    | !2026-02-30 | !0000-00-00 | ·             | ·                            | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
    1011 | ·          | 103       | 301    | 2026-02-04  | 2026-08-04  | ·             | ·                            | ·       | ·                 | ·      | ·        | ·               | ·                   | APPROVED       | ·                   | ·
  `),
  'tcs.PlacementSpecialty': across(`
    placementId | specialtyId | placementSpecialtyType
    1001        | 702         | PRIMARY
    1001        | 701         | PRIMARY
    1001        | 703         | OTHER
    1002        | 703         | primary
    1004        | 702         | OTHER
  `),
  'tcs.PlacementSupervisor': across(`
    placementId | personId | type
    1001        | 104      | 1
    1001        | 102      | 1
    1001        | 104      | 2
    1002        | 105      | 1
    1002        | 104      | 3
  `),
  'tcs.PlacementSite': across(`
    id   | placementId | siteId | placementSiteType
    1101 | 1001        | 602    | OTHER
    1102 | 1002        | 999    | OTHER
    1103 | ·           | ·      | ·
  `),
};
