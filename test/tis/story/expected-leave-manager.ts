import { across, down, type TextRow } from '../text-table.ts';

/**
 * Who and what Leave Manager gets on the night of 2026-06-01: of offices that use it, from 2026-04-06 to 2026-07-27,
 * both days included, and whatever name TIS has for the office.
 */
export const expectedLeaveManager: Readonly<Record<string, readonly TextRow[]>> = {
  // Out are m-101o (South London), m-106s (no start), m-106z (no end), m-108 and m-110 (a day too late, too early).
  lm_programme_membership: across(`
    programme_membership_uuid | person_tis_id | programme_id | programme_name     | programme_number | local_office             | programme_membership_type | programme_start_date | programme_end_date | programme_end_date_with_period_of_grace
    m-101                     | 101           | 901          | Acute Medicine EM  | EMD001           | East Midlands            | SUBSTANTIVE               | 2024-08-07           | 2026-06-01         | 2026-09-01
    m-102                     | 102           | 902          | Cardiologi\u00e9 EM     | EMD002           | East Midlands            | SUBSTANTIVE               | 2026-06-01           | 2029-08-01         | 2029-08-01
    m-102n                    | 102           | 906          | Foundation NE      | NTH006           | North East               | SUBSTANTIVE               | 2026-07-01           | 2029-08-01         | 2029-08-01
    m-103                     | 103           | 901          | Acute Medicine EM  | EMD001           | East Midlands            | SUBSTANTIVE               | 2025-08-06           | 2026-05-31         | 2026-05-31
    m-105                     | 105           | 906          | Foundation NE      | NTH006           | North East               | SUBSTANTIVE               | 2025-08-06           | 2027-08-03         | 2027-08-03
    m-107                     | 107           | 901          | Acute Medicine EM  | EMD001           | East Midlands            | SUBSTANTIVE               | 2026-07-27           | 2029-08-01         | 2029-08-01
    m-109                     | 109           | 908          | Acute Medicine YHD | YHD008           | Yorkshire and the Humber | SUBSTANTIVE               | 2022-08-03           | 2025-10-06         | 2026-04-06
    m-111                     | 111           | 901          | Acute Medicine EM  | EMD001           | East Midlands            | SUBSTANTIVE               | 2025-08-06           | 2026-08-04         | 2026-08-04
    m-112                     | 112           | 901          | Acute Medicine EM  | EMD001           | East Midlands            | SUBSTANTIVE               | 2025-08-06           | 2026-08-04         | 2026-08-04
  `),
  // The office of 102 is that of the membership that is running. 103 is a placeholder, 105 has no role, 111 no address, 112 is a dummy record.
  // 102 and 107 share an address but for its case and a blank; 101 shares one with 103, who is not here.
  lm_applicant: across(`
    person_tis_id | title | forenames | surname        | email_address  | gmc_number | gdc_number | public_health_number | local_office             | active
    101           | Dr    | Adazqu    | Ashzqu         | azqu@a.example | ZQ10001    | ·          | ZQ00101              | East Midlands            | true
    102           | ·     | C\u00e9zqu     | 'Le No\u00eblzqu '  | czqu@a.example | ·          | ·          | ·                    | East Midlands            | true
    107           | ·     | ·         | Soonzqu        | 'CZQU@a.example ' | ·          | ·          | ·                    | East Midlands            | false
    109           | ·     | ·         | Grazqu         | gzqu@a.example | ·          | ·          | ·                    | Yorkshire and the Humber | false
  `),
  // Out are 1003 (a draft), 1006 and 1008 (a day too late, too early), 1011 (of a placeholder).
  lm_placement: down(`
    placement_id                      | 1001                     | 1002        | 1004                     | 1005       | 1007
    person_tis_id                     | 101                      | 101         | 101                      | 101        | 101
    post_id                           | 301                      | 302         | 301                      | ·          | ·
    national_post_number              | EMD/RX1AA/300/ST3/000301 | ·           | EMD/RX1AA/300/ST3/000301 | ·          | ·
    placement_start_date              | 2026-02-04               | 2026-06-01  | 2025-08-06               | 2026-07-27 | 2025-12-03
    placement_end_date                | 2026-06-01               | 2026-08-04  | 2026-05-31               | 2027-02-02 | 2026-04-06
    placement_type                    | In Post                  | In post     | ·                        | ·          | ·
    placement_wte                     | 0.800                    | 1.000       | 0.100                    | ·          | 1.200
    grade_abbreviation                | ST3                      | ·           | ST3                      | ·          | ·
    site_code                         | RX1AA                    | RX1AA       | ·                        | ·          | ·
    site_name                         | 'Fell Infirmary '        | Moor Clinic | ·                        | ·          | ·
    site_trust_code                   | RX1                      | ·           | ·                        | ·          | ·
    site_trust_name                   | North Fell Hospital      | ·           | ·                        | ·          | ·
    primary_specialty_name            | Acute Medicine           | Obst\u00e9trique | ·                        | ·          | ·
    clinical_supervisor_person_tis_id | 102                      | 105         | ·                        | ·          | ·
    educational_supervisor_person_tis_id | 104                   | ·           | ·                        | ·          | ·
  `),
};
