import { across, down, type TextRow } from '../text-table.ts';

/** What the story's people must look like when published. */
export const expectedPeople: Readonly<Record<string, readonly TextRow[]>> = {
  person: down(`
    person_tis_id        | 101                     | 102                                    | 103                        | 104                 | 105                 | 106                 | 107                                        | 108                 | 109                 | 110                 | 111                 | 112
    intrepid_id          | 88101                   | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    title                | Dr                      | ·                                      | ·                          | Prof                | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    forenames            | Adazqu                  | C\u00e9zqu                                  | ·                          | Samzqu              | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    surname              | Ashzqu                  | 'Le No\u00eblzqu '                          | Testzqu                    | Sagezqu             | ·                   | Gonezqu             | Soonzqu                                    | Laterzqu            | Grazqu              | Gonerzqu            | Nomazqu             | Dumzqu
    legal_forenames      | Adazqua                 | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    legal_surname        | Ashzqua                 | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    known_as             | Azqu                    | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    maiden_name          | Oldzqu                  | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    initials             | AZQU                    | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    email_address        | azqu@a.example          | czqu@a.example                         | azqu@a.example             | szqu@a.example      | ·                   | ·                   | 'CZQU@a.example '                             | ezqu@a.example      | gzqu@a.example      | hzqu@a.example      | ' '                 | dzqu@a.example
    telephone_number     | 01632 960001            | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    mobile_number        | 07700 900001            | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    address1             | 1 Zqu Road              | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    address2             | Zqu Flat                | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    address3             | Zqutown                 | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    address4             | Zqushire                | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    post_code            | ZZ1 1ZQ                 | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    country              | United Kingdom          | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gmc_number           | ZQ10001                 | ·                                      | ·                          | ·                   | ·                   | UNKNOWN             | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gmc_status           | LICENSED                | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gmc_start_date       | 2015-08-01              | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gmc_end_date         | 2030-07-31              | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gdc_number           | ·                       | ·                                      | ·                          | ZQ20004             | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gdc_status           | ·                       | ·                                      | ·                          | 1                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gdc_start_date       | ·                       | ·                                      | ·                          | 1999-09-01          | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    gdc_end_date         | ·                       | ·                                      | ·                          | 2031-12-31          | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    public_health_number | ZQ00101                 | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    regulator            | GMC                     | ·                                      | ·                          | GDC                 | ·                   | GMC                 | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    role                 | DR in Training          | Placeholder Coordinator,dr IN training | DR in Training,PLACEHOLDER | Clinical Supervisor | ·                   | DR in Training      | ' DR in Training , SelfService.Applicant,' | DR in Training      | Dentist in Training | DR in Training      | DR in Training      | dummy record,DR in Training
    status               | CURRENT                 | INACTIVE                               | CURRENT                    | CURRENT             | ·                   | DELETE              | CURRENT                                    | CURRENT             | CURRENT             | CURRENT             | CURRENT             | CURRENT
    inactive_date        | ·                       | ·                                      | ·                          | ·                   | ·                   | 2024-01-02 03:04:05 | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    current_owner        | East Midlands           | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    current_owner_rule   | CURRENT_PROGRAMME       | ·                                      | ·                          | ·                   | ·                   | ·                   | ·                                          | ·                   | ·                   | ·                   | ·                   | ·
    added_date           | 2020-08-05 09:10:11     | 2020-08-05 00:00:00                    | 2020-08-05 00:00:00        | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00                        | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    amended_date         | 2026-05-30 23:30:00.125 | 2020-08-05 00:00:00                    | 2020-08-05 00:00:00        | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00                        | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
  `),
  // The permit is found whatever its letter case; the one that no list knows keeps its code and has no label.
  person_sensitive: down(`
    person_tis_id             | 101             | 102        | 103 | 104 | 105 | 106 | 107 | 108 | 109 | 110 | 111 | 112
    date_of_birth             | 1990-03-25      | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    gender                    | FEMALE          | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    marital_status            | SINGLE          | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    nationality               | British         | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    dual_nationality          | French          | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    ethnic_origin             | White - British | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    sexual_orientation        | NOT_SAID        | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    religious_belief          | BAHAI           | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    disability                | yes             | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    national_insurance_number | ZQ000101A       | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    eea_resident              | YES             | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    permit_to_work            | uk_national     | PAPER_1998 | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    permit_to_work_label      | UK national     | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    settled                   | NO              | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    visa_issued               | 2024-01-01      | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
    visa_valid_to             | 2027-12-31      | ·          | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·   | ·
  `),
  qualification: across(`
    qualification_id | person_tis_id | qualification | qualification_type | qualification_attained_date | medical_school       | country_of_qualification | amended_date
    1301             | 101           | MBBS          | BASIC              | 2014-07-01                  | ' Universit\u00e9 de Fell' | United Kingdom           | 2020-01-02 03:04:05.006
    9007199254740993 | 106           | ·             | ·                  | ·                           | ·                    | ·                        | 2020-01-02 03:04:05
  `),
  trainer_approval: across(`
    trainer_approval_id | person_tis_id | trainer_type        | approval_status | start_date | end_date
    1401                | 104           | Clinical Supervisor | CURRENT         | 2020-01-01 | 2027-12-31
    1402                | ·             | ·                   | ·               | ·          | ·
  `),
  absence: across(`
    absence_id | person_tis_id | esr_absence_id | start_date          | end_date            | duration_in_days | amended_date
    1201       | 101           | ZQ0001         | 2026-06-30 23:00:00 | 2026-07-03 23:00:00 | 3                | 2026-05-01 10:00:00.1
    1202       | 105           | ZQ0002         | ·                   | ·                   | ·                | 2026-05-01 10:00:00
  `),
};
