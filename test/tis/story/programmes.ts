import { across, type TextRow } from '../text-table.ts';

/** Programmes of offices by every kind of name, curricula with and without grace, memberships on the edges. */
export const programmeStory: Readonly<Record<string, readonly TextRow[]>> = {
  'tcs.SpecialtyGroup': across(`
    id | name
    41 | Me\u0301decine
  `),
  'tcs.Specialty': across(`
    id  | status   | college | specialtyCode | specialtyGroupId | intrepidId | name           | blockIndemnity
    701 | CURRENT  | RCP     | 300           | 41               | 1701       | Acute Medicine | 1
    702 | INACTIVE | ·       | ·             | ·                | ·          | Cardiology     | 0
    703 | CURRENT  | ·       | 020           | ·                | ·          | Obste\u0301trique   | ·
  `),
  'tcs.SpecialtyTypes': across(`
    specialtyId | specialtyType
    701         | POST
    701         | CURRICULUM
    701         | PLACEMENT
    702         | POST
  `),
  // 802 has months of grace and no right to them; 804 has the right and no months.
  'tcs.Curriculum': across(`
    id  | name                | curriculumSubType  | assessmentType | doesThisCurriculumLeadToCct | periodOfGrace | intrepidId | specialtyId | status   | length | eligibleForPeriodOfGrace
    801 | Acute Medicine 2022 | MEDICAL_CURRICULUM | ARCP           | 1                           | 6             | 2801       | 701         | CURRENT  | 60     | 1
    802 | Foundation          | ·                  | ·              | 0                           | 12            | ·          | ' 701'      | CURRENT  | 24     | 0
    803 | ·                   | ·                  | ·              | ·                           | ·             | ·          | 999         | INACTIVE | 0      | 0
    804 | Cardiologie\u0301         | ·                  | ·              | ·                           | ·             | ·          | ·           | CURRENT  | 12     | 1
  `),
  'tcs.Programme': across(`
    id  | status   | owner                                             | programmeName      | programmeNumber | intrepidId
    901 | CURRENT  | East Midlands                                     | Acute Medicine EM  | EMD001          | 30901
    902 | CURRENT  | ' health education england EAST MIDLANDS'         | Cardiologie\u0301 EM     | EMD002          | ·
    903 | CURRENT  | South London                                      | Acute Medicine SL  | SLN003          | ·
    904 | CURRENT  | Deanery of Nowhere                                | Nowhere            | NOW004          | ·
    905 | INACTIVE | ·                                                 | ·                  | ·               | ·
    906 | CURRENT  | North East                                        | Foundation NE      | NTH006          | ·
    907 | CURRENT  | Twin Office                                       | Twins              | TWN007          | ·
    908 | CURRENT  | Health Education England Yorkshire and the Humber | Acute Medicine YHD | YHD008          | ·
  `),
  'tcs.ProgrammeCurriculum': across(`
    id  | programmeId | curriculumId | gmcProgrammeCode
    911 | 901         | 801          | EM4711
    912 | 905         | 802          | ·
  `),
  'tcs.Rotation': across(`
    id  | programmeId | name              | status
    951 | 901         | Rotation de\u0301part   | CURRENT
    952 | 905         | Rotation of no use | ·
  `),
  'tcs.TrainingNumber': across(`
    id  | trainingNumberType | number | appointmentYear | typeOfContract | suffix | programmeId | trainingNumber
    971 | NTN                | 4711   | 2024            | C              | A      | 901         | EMD/ZQ000101/C
    972 | ·                  | ·      | ·               | ·              | ·      | ·           | ·
  `),
  // The night is that of 2026-06-01: the window of 56 days reaches from 2026-04-06 to 2026-07-27.
  // m-102n is the next membership of somebody who has one that is running.
  'tcs.ProgrammeMembership': across(`
    uuid   | personId | programmeId | programmeMembershipType | programmeStartDate | programmeEndDate | rotation      | rotationId | trainingNumberId | trainingPathway | leavingReason | leavingDestination | amendedDate
    m-101  | 101      | 901         | SUBSTANTIVE             | 2024-08-07         | 2026-06-01       | Another name  | 951        | 971              | CCT             | RESIGNED      | CONSULTANT         | 2026-01-02 03:04:05.678
    m-101o | 101      | 903         | LAT                     | 2016-08-31         | 2019-08-31       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-102  | 102      | 902         | SUBSTANTIVE             | 2026-06-01         | 2029-08-01       | Kept as te\u0301xt  | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-102n | 102      | 906         | SUBSTANTIVE             | 2026-07-01         | 2029-08-01       | ·              | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-103  | 103      | 901         | SUBSTANTIVE             | 2025-08-06         | 2026-05-31       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-105  | 105      | 906         | SUBSTANTIVE             | 2025-08-06         | 2027-08-03       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-106s | 106      | 904         | ·                       | ·                  | 2026-08-04       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-106z | 106      | 901         | SUBSTANTIVE             | 2025-08-06         | !0000-00-00      | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-107  | 107      | 901         | SUBSTANTIVE             | 2026-07-27         | 2029-08-01       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-108  | 108      | 901         | SUBSTANTIVE             | 2026-07-28         | 2029-08-01       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-109  | 109      | 908         | SUBSTANTIVE             | 2022-08-03         | 2025-10-06       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-110  | 110      | 908         | SUBSTANTIVE             | 2022-08-03         | 2025-10-05       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-111  | 111      | 901         | SUBSTANTIVE             | 2025-08-06         | 2026-08-04       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
    m-112  | 112      | 901         | SUBSTANTIVE             | 2025-08-06         | 2026-08-04       | ·             | ·          | ·                | ·               | ·             | ·                  | 2026-01-01 00:00:00
  `),
  // m-101: 3 months said here, 12 under a curriculum without the right. m-101o, m-109, m-110: the curriculum's 6.
  'tcs.CurriculumMembership': across(`
    id   | programmeMembershipUuid | curriculumId | curriculumStartDate | curriculumEndDate | curriculumCompletionDate | periodOfGrace | amendedDate
    1701 | m-101                   | 801          | 2024-08-07          | 2026-05-01        | 2026-06-01               | 3             | 2026-01-02 03:04:05.678
    1702 | m-101                   | 802          | 2024-09-01          | 2026-06-01        | ·                        | 12            | 2026-01-01 00:00:00
    1703 | m-101o                  | 801          | ·                   | ·                 | ·                        | ·             | 2026-01-01 00:00:00
    1704 | m-102                   | 804          | 2026-06-01          | 2029-08-01        | ·                        | ·             | 2026-01-01 00:00:00
    1705 | m-102                   | 803          | 2026-06-01          | 2028-08-01        | ·                        | ·             | 2026-01-01 00:00:00
    1706 | m-109                   | 801          | 2022-08-03          | 2025-10-06        | ·                        | ·             | 2026-01-01 00:00:00
    1707 | m-110                   | 801          | 2022-08-03          | 2025-10-05        | ·                        | ·             | 2026-01-01 00:00:00
    1708 | m-105                   | 888          | 2025-08-06          | 2027-08-03        | ·                        | 6             | 2026-01-01 00:00:00
  `),
  'tcs.ConditionsOfJoining': across(`
    programmeMembershipUuid | signedAt              | version
    m-101                   | 2024-07-01 12:00:00.5 | GG10
  `),
};
