import { across, down, type TextRow } from '../text-table.ts';

/** What the story's programmes and memberships must look like on the night of 2026-06-01. */
export const expectedProgrammes: Readonly<Record<string, readonly TextRow[]>> = {
  specialty: down(`
    specialty_id         | 701                       | 702        | 703
    intrepid_id          | 1701                      | ·          | ·
    specialty_code       | 300                       | ·          | 020
    specialty_name       | Acute Medicine            | Cardiology | Obst\u00e9trique
    college              | RCP                       | ·          | ·
    status               | CURRENT                   | INACTIVE   | CURRENT
    specialty_group_id   | 41                        | ·          | ·
    specialty_group_name | M\u00e9decine                  | ·          | ·
    block_indemnity      | true                      | false      | ·
    specialty_types      | CURRICULUM,PLACEMENT,POST | POST       | ·
  `),
  curriculum: down(`
    curriculum_id                | 801                 | 802        | 803      | 804
    intrepid_id                  | 2801                | ·          | ·        | ·
    curriculum_name              | Acute Medicine 2022 | Foundation | ·        | Cardiologi\u00e9
    curriculum_sub_type          | MEDICAL_CURRICULUM  | ·          | ·        | ·
    assessment_type              | ARCP                | ·          | ·        | ·
    leads_to_cct                 | true                | false      | ·        | ·
    period_of_grace_months       | 6                   | 12         | ·        | ·
    eligible_for_period_of_grace | true                | false      | false    | true
    specialty_raw                | 701                 | ' 701'     | 999      | ·
    length_months                | 60                  | 24         | 0        | 12
    status                       | CURRENT             | CURRENT    | INACTIVE | CURRENT
  `),
  // 902 bears the old name in other letters and is not the abolished office 90; 906 the name that office 5 will bear.
  programme: across(`
    programme_id | intrepid_id | programme_name     | programme_number | owner                                             | owner_local_office_id | status
    901          | 30901       | Acute Medicine EM  | EMD001           | East Midlands                                     | 1                     | CURRENT
    902          | ·           | Cardiologi\u00e9 EM     | EMD002           | ' health education england EAST MIDLANDS'         | 1                     | CURRENT
    903          | ·           | Acute Medicine SL  | SLN003           | South London                                      | 3                     | CURRENT
    904          | ·           | Nowhere            | NOW004           | Deanery of Nowhere                                | ·                     | CURRENT
    905          | ·           | ·                  | ·                | ·                                                 | ·                     | INACTIVE
    906          | ·           | Foundation NE      | NTH006           | North East                                        | 5                     | CURRENT
    907          | ·           | Twins              | TWN007           | Twin Office                                       | ·                     | CURRENT
    908          | ·           | Acute Medicine YHD | YHD008           | Health Education England Yorkshire and the Humber | 2                     | CURRENT
  `),
  programme_curriculum: across(`
    programme_curriculum_id | programme_id | curriculum_id | gmc_programme_code
    911                     | 901          | 801           | EM4711
    912                     | 905          | 802           | ·
  `),
  rotation: across(`
    rotation_id | programme_id | programme_name    | programme_number | rotation_name      | status
    951         | 901          | Acute Medicine EM | EMD001           | Rotation d\u00e9part    | CURRENT
    952         | 905          | ·                 | ·                | Rotation of no use | ·
  `),
  training_number: across(`
    training_number_id | training_number | training_number_type | number | appointment_year | type_of_contract | suffix | programme_id
    971                | EMD/ZQ000101/C  | NTN                  | 4711   | 2024             | C                | A      | 901
    972                | ·               | ·                    | ·      | ·                | ·                | ·      | ·
  `),
  // m-101: 1 June and 3 months (the 12 do not count). m-101o: 31 August and 6 months is the last of February.
  programme_membership: down(`
    programme_membership_uuid               | m-101                   | m-101o              | m-102                                     | m-103               | m-105               | m-106s              | m-106z              | m-107               | m-108               | m-109                                             | m-110                                             | m-111               | m-112 | m-102n
    person_tis_id                           | 101                     | 101                 | 102                                       | 103                 | 105                 | 106                 | 106                 | 107                 | 108                 | 109                                               | 110                                               | 111                 | 112 | 102
    programme_id                            | 901                     | 903                 | 902                                       | 901                 | 906                 | 904                 | 901                 | 901                 | 901                 | 908                                               | 908                                               | 901                 | 901 | 906
    programme_name                          | Acute Medicine EM       | Acute Medicine SL   | Cardiologi\u00e9 EM                            | Acute Medicine EM   | Foundation NE       | Nowhere             | Acute Medicine EM   | Acute Medicine EM   | Acute Medicine EM   | Acute Medicine YHD                                | Acute Medicine YHD                                | Acute Medicine EM   | Acute Medicine EM | Foundation NE
    programme_number                        | EMD001                  | SLN003              | EMD002                                    | EMD001              | NTH006              | NOW004              | EMD001              | EMD001              | EMD001              | YHD008                                            | YHD008                                            | EMD001              | EMD001 | NTH006
    programme_owner                         | East Midlands           | South London        | ' health education england EAST MIDLANDS' | East Midlands       | North East          | Deanery of Nowhere  | East Midlands       | East Midlands       | East Midlands       | Health Education England Yorkshire and the Humber | Health Education England Yorkshire and the Humber | East Midlands       | East Midlands | North East
    programme_membership_type               | SUBSTANTIVE             | LAT                 | SUBSTANTIVE                               | SUBSTANTIVE         | SUBSTANTIVE         | ·                   | SUBSTANTIVE         | SUBSTANTIVE         | SUBSTANTIVE         | SUBSTANTIVE                                       | SUBSTANTIVE                                       | SUBSTANTIVE         | SUBSTANTIVE | SUBSTANTIVE
    programme_start_date                    | 2024-08-07              | 2016-08-31          | 2026-06-01                                | 2025-08-06          | 2025-08-06          | ·                   | 2025-08-06          | 2026-07-27          | 2026-07-28          | 2022-08-03                                        | 2022-08-03                                        | 2025-08-06          | 2025-08-06 | 2026-07-01
    programme_end_date                      | 2026-06-01              | 2019-08-31          | 2029-08-01                                | 2026-05-31          | 2027-08-03          | 2026-08-04          | ·                   | 2029-08-01          | 2029-08-01          | 2025-10-06                                        | 2025-10-05                                        | 2026-08-04          | 2026-08-04 | 2029-08-01
    period_of_grace_months                  | 3                       | 6                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | 6                                                 | 6                                                 | ·                   | · | ·
    programme_end_date_with_period_of_grace | 2026-09-01              | 2020-02-29          | 2029-08-01                                | 2026-05-31          | 2027-08-03          | 2026-08-04          | ·                   | 2029-08-01          | 2029-08-01          | 2026-04-06                                        | 2026-04-05                                        | 2026-08-04          | 2026-08-04 | 2029-08-01
    curriculum_count                        | 2                       | 1                   | 2                                         | 0                   | 1                   | 0                   | 0                   | 0                   | 0                   | 1                                                 | 1                                                 | 0                   | 0 | 0
    first_curriculum_start_date             | 2024-08-07              | ·                   | 2026-06-01                                | ·                   | 2025-08-06          | ·                   | ·                   | ·                   | ·                   | 2022-08-03                                        | 2022-08-03                                        | ·                   | · | ·
    last_curriculum_end_date                | 2026-06-01              | ·                   | 2029-08-01                                | ·                   | 2027-08-03          | ·                   | ·                   | ·                   | ·                   | 2025-10-06                                        | 2025-10-05                                        | ·                   | · | ·
    rotation_id                             | 951                     | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    rotation_name                           | Rotation d\u00e9part         | ·                   | Kept as t\u00e9xt                              | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    training_number_id                      | 971                     | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    training_number                         | EMD/ZQ000101/C          | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    training_pathway                        | CCT                     | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    leaving_reason                          | RESIGNED                | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    leaving_destination                     | CONSULTANT              | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    programme_membership_status             | CURRENT                 | PAST                | CURRENT                                   | PAST                | CURRENT             | PAST                | PAST                | FUTURE              | FUTURE              | PAST                                              | PAST                                              | CURRENT             | CURRENT | FUTURE
    conditions_of_joining_signed_at         | 2024-07-01 12:00:00.5   | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    conditions_of_joining_version           | GG10                    | ·                   | ·                                         | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·                                                 | ·                                                 | ·                   | · | ·
    amended_date                            | 2026-01-02 03:04:05.678 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00                       | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00                               | 2026-01-01 00:00:00                               | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
  `),
  // The specialty's text of 802 has a blank before the digits, that of 803 is a number of no specialty.
  curriculum_membership: down(`
    curriculum_membership_id   | 1701                    | 1702                | 1703                | 1704                | 1705                | 1706                | 1707                | 1708
    programme_membership_uuid  | m-101                   | m-101               | m-101o              | m-102               | m-102               | m-109               | m-110               | m-105
    person_tis_id              | 101                     | 101                 | 101                 | 102                 | 102                 | 109                 | 110                 | 105
    programme_id               | 901                     | 901                 | 903                 | 902                 | 902                 | 908                 | 908                 | 906
    curriculum_id              | 801                     | 802                 | 801                 | 804                 | 803                 | 801                 | 801                 | 888
    curriculum_name            | Acute Medicine 2022     | Foundation          | Acute Medicine 2022 | Cardiologi\u00e9         | ·                   | Acute Medicine 2022 | Acute Medicine 2022 | ·
    curriculum_sub_type        | MEDICAL_CURRICULUM      | ·                   | MEDICAL_CURRICULUM  | ·                   | ·                   | MEDICAL_CURRICULUM  | MEDICAL_CURRICULUM  | ·
    curriculum_specialty_raw   | 701                     | ' 701'              | 701                 | ·                   | 999                 | 701                 | 701                 | ·
    curriculum_specialty_id    | 701                     | ·                   | 701                 | ·                   | ·                   | 701                 | 701                 | ·
    curriculum_specialty_name  | Acute Medicine          | ·                   | Acute Medicine      | ·                   | ·                   | Acute Medicine      | Acute Medicine      | ·
    curriculum_start_date      | 2024-08-07              | 2024-09-01          | ·                   | 2026-06-01          | 2026-06-01          | 2022-08-03          | 2022-08-03          | 2025-08-06
    curriculum_end_date        | 2026-05-01              | 2026-06-01          | ·                   | 2029-08-01          | 2028-08-01          | 2025-10-06          | 2025-10-05          | 2027-08-03
    curriculum_completion_date | 2026-06-01              | ·                   | ·                   | ·                   | ·                   | ·                   | ·                   | ·
    period_of_grace_months     | 3                       | 12                  | ·                   | ·                   | ·                   | ·                   | ·                   | 6
    amended_date               | 2026-01-02 03:04:05.678 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00 | 2026-01-01 00:00:00
  `),
};
