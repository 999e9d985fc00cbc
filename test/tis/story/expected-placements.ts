import { across, down, type TextRow } from '../text-table.ts';

/** What the story's placements must look like on the night of 2026-06-01. */
export const expectedPlacements: Readonly<Record<string, readonly TextRow[]>> = {
  // The ids win over the code and the abbreviation beside them. 123456 is more than six digits hold.
  placement: down(`
    placement_id           | 1001                     | 1002        | 1003                     | 1004                     | 1005       | 1006       | 1007       | 1008       | 1009       | 1010                     | 1011
    intrepid_id            | 44001                    | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    person_tis_id          | 101                      | 101         | 101                      | 101                      | 101        | 101        | 101        | 101        | ·          | 103                      | 103
    post_id                | 301                      | 302         | 301                      | 301                      | ·          | ·          | ·          | ·          | 399        | 301                      | 301
    national_post_number   | EMD/RX1AA/300/ST3/000301 | ·           | EMD/RX1AA/300/ST3/000301 | EMD/RX1AA/300/ST3/000301 | ·          | ·          | ·          | ·          | ·          | EMD/RX1AA/300/ST3/000301 | EMD/RX1AA/300/ST3/000301
    placement_start_date   | 2026-02-04               | 2026-06-01  | 2026-06-02               | 2025-08-06               | 2026-07-27 | 2026-07-28 | 2025-12-03 | 2025-12-03 | ·          | ·                        | 2026-02-04
    placement_end_date     | 2026-06-01               | 2026-08-04  | 2026-08-04               | 2026-05-31               | 2027-02-02 | 2027-02-02 | 2026-04-06 | 2026-04-05 | 2026-08-04 | ·                        | 2026-08-04
    placement_type         | In Post                  | In post     | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    placement_wte          | 0.800                    | 1.000       | 0.050                    | 0.100                    | ·          | 0.333      | 1.200      | ·          | ·          | ·                        | ·
    grade_id               | 11                       | 999         | 12                       | 11                       | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    grade_abbreviation     | ST3                      | ·           | F1                       | ST3                      | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    grade_name             | Specialty Training Year 3 | ·          | Foundation Year 1        | Specialty Training Year 3 | ·         | ·          | ·          | ·          | ·          | ·                        | ·
    site_id                | 601                      | 602         | 603                      | 999                      | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    site_code              | RX1AA                    | RX1AA       | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    site_name              | 'Fell Infirmary '        | Moor Clinic | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    site_trust_id          | 501                      | 999         | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    site_trust_code        | RX1                      | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    site_trust_name        | North Fell Hospital      | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    primary_specialty_id   | 701                      | 703         | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    primary_specialty_code | 300                      | 020         | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    primary_specialty_name | Acute Medicine           | Obst\u00e9trique | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    local_post_number      | LP1                      | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    training_description   | Day release              | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    lifecycle_state        | APPROVED                 | APPROVED    | DRAFT                    | APPROVED                 | APPROVED   | APPROVED   | APPROVED   | APPROVED   | APPROVED   | APPROVED                 | APPROVED
    placement_status       | CURRENT                  | CURRENT     | FUTURE                   | PAST                     | FUTURE     | FUTURE     | PAST       | PAST       | PAST       | PAST                     | CURRENT
    added_date             | 2025-10-11 12:13:14      | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
    amended_date           | 2026-01-02 03:04:05      | ·           | ·                        | ·                        | ·          | ·          | ·          | ·          | ·          | ·                        | ·
  `),
  placement_specialty: across(`
    placement_id | specialty_id | specialty_name | placement_specialty_type
    1001         | 702          | Cardiology     | PRIMARY
    1001         | 701          | Acute Medicine | PRIMARY
    1001         | 703          | Obst\u00e9trique    | OTHER
    1002         | 703          | Obst\u00e9trique    | primary
    1004         | 702          | Cardiology     | OTHER
  `),
  placement_supervisor: across(`
    placement_id | supervisor_person_tis_id | supervisor_type | supervisor_forenames | supervisor_surname | supervisor_email | supervisor_gmc_number
    1001         | 102                      | CLINICAL        | C\u00e9zqu                | 'Le No\u00eblzqu '      | czqu@a.example   | ·
    1001         | 104                      | CLINICAL        | Samzqu               | Sagezqu            | szqu@a.example   | ·
    1001         | 104                      | EDUCATIONAL     | Samzqu               | Sagezqu            | szqu@a.example   | ·
    1002         | 104                      | TYPE_3          | Samzqu               | Sagezqu            | szqu@a.example   | ·
    1002         | 105                      | CLINICAL        | ·                    | ·                  | ·                | ·
  `),
  placement_site: across(`
    placement_site_id | placement_id | site_id | site_code | placement_site_type
    1101              | 1001         | 602     | RX1AA     | OTHER
    1102              | 1002         | 999     | ·         | OTHER
    1103              | ·            | ·       | ·         | ·
  `),
};
