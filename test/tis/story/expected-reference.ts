import { across, type TextRow } from '../text-table.ts';

/** What the story's organisations and lists must look like when published. */
export const expectedReference: Readonly<Record<string, readonly TextRow[]>> = {
  trust: across(`
    trust_id | trust_code | trust_name          | trust_known_as | trust_number | local_office                           | status   | address   | post_code | organization_type | intrepid_id
    501      | RX1        | North Fell Hospital | North Fell     | 007          | Health Education England East Midlands | CURRENT  | 1 Fell Rd | NF1 1AA   | Trust sant\u00e9       | 77501
    502      | RX1        | Caf\u00e9 Trust          | ·              | ·            | ·                                      | INACTIVE | ·         | ·         | ·                 | ·
  `),
  // 601: the code of the trust that the id names, not the one written beside it. 602: the one beside it.
  site: across(`
    site_id | site_code | site_number | site_name         | site_known_as | address  | post_code | trust_id | trust_code | trust_name          | local_office  | status   | start_date | end_date   | organization_type | intrepid_id
    601     | RX1AA     | 01          | 'Fell Infirmary ' | The Fell      | Fell End | NF2 2BB   | 501      | RX1        | North Fell Hospital | East Midlands | CURRENT  | 1948-07-05 | ·          | Trust sant\u00e9       | 66601
    602     | RX1AA     | ·           | Moor Clinic       | ·             | ·        | ·         | 999      | RX9        | ·                   | ·             | INACTIVE | ·          | 2020-03-31 | ·                 | ·
    603     | ·         | ·           | ·                 | ·             | ·        | ·         | ·        | ·          | ·                   | ·             | ·        | ·          | ·          | ·                 | ·
  `),
  grade: across(`
    grade_id | grade_abbreviation | grade_name                | grade_label | is_training_grade | is_post_grade | is_placement_grade | status   | intrepid_id
    11       | ST3                | Specialty Training Year 3 | ST Year     | true              | true          | false              | CURRENT  | 9011
    12       | F1                 | Foundation Year 1         | ·           | false             | false         | true               | INACTIVE | ·
  `),
  local_office: across(`
    local_office_id | abbreviation | local_office_name                   | post_abbreviation | status
    1               | EM           | East Midlands                       | EMD               | CURRENT
    2               | YHD          | Yorkshire and the Humber            | YHD               | CURRENT
    3               | SL           | South London                        | LDN               | CURRENT
    5               | NE           | Health Education England North East | ·                 | CURRENT
    6               | TWIN1        | Twin Office                         | ·                 | CURRENT
    7               | TWIN2        | Twin Office                         | ·                 | CURRENT
    90              | OLDEM        | East Midlands                       | ·                 | INACTIVE
  `),
  reference_value: across(`
    list_name               | code               | label                       | status
    AssessmentType          | ARCP               | Annual review               | CURRENT
    College                 | RCP                | Royal College of Physicians | CURRENT
    CurriculumSubType       | MEDICAL_CURRICULUM | Medical curriculum          | CURRENT
    EthnicOrigin            | White - British    | White - British             | CURRENT
    FundingType             | TARIFF             | Tariff                      | CURRENT
    FundingType             | MADEL              | MADEL                       | CURRENT
    FundingType             | OLDTAR             | Tariff                      | INACTIVE
    FundingType             | TWIN_A             | Twin funding                | CURRENT
    FundingType             | TWIN_B             | Twin funding                | CURRENT
    GdcStatus               | 1                  | Registered                  | CURRENT
    Gender                  | FEMALE             | Female                      | CURRENT
    GmcStatus               | LICENSED           | Registered with licence     | CURRENT
    LeavingDestination      | CONSULTANT         | Consultant post             | CURRENT
    LeavingReason           | RESIGNED           | Resigned                    | CURRENT
    MaritalStatus           | SINGLE             | Single                      | CURRENT
    PermitToWork            | UK_NATIONAL        | UK national                 | CURRENT
    PermitToWork            | EEA                | EEA                         | INACTIVE
    PlacementType           | In Post            | In post                     | CURRENT
    ProgrammeMembershipType | SUBSTANTIVE        | Substantive                 | CURRENT
    QualificationType       | BASIC              | Basic degree                | CURRENT
    ReligiousBelief         | BAHAI              | Bah\u00e1'i                     | CURRENT
    Role                    | DR in Training     | Doctor in training          | CURRENT
    Settled                 | YES                | Yes                         | CURRENT
    SexualOrientation       | NOT_SAID           | Not disclosed               | CURRENT
    Title                   | Dr                 | Doctor                      | CURRENT
  `),
};
