import { across, type TextRow } from '../text-table.ts';

/** Organisations and code lists of the story; grades, offices and labels with the faults that real ones have. */
export const referenceStory: Readonly<Record<string, readonly TextRow[]>> = {
  // 1 and 90 share a name (only 1 is in use); 5 is still listed under its old name; 6 and 7 are both in use.
  'reference.LocalOffice': across(`
    id | abbreviation | name                                | status   | postAbbreviation
    1  | EM           | East Midlands                       | CURRENT  | EMD
    2  | YHD          | Yorkshire and the Humber            | CURRENT  | YHD
    3  | SL           | South London                        | CURRENT  | LDN
    5  | NE           | Health Education England North East | CURRENT  | ·
    6  | TWIN1        | Twin Office                         | CURRENT  | ·
    7  | TWIN2        | Twin Office                         | CURRENT  | ·
    90 | OLDEM        | East Midlands                       | INACTIVE | ·
  `),
  'reference.LocalOfficeNameMapping': across(`
    uuid | oldName                                           | newName
    n-1  | Health Education England East Midlands            | East Midlands
    n-2  | Health Education England North East               | North East
    n-3  | Health Education England Yorkshire and the Humber | Yorkshire and the Humber
  `),
  'reference.OrganizationType': across(`
    id | code  | label
    1  | TRUST | Trust sante\u0301
  `),
  // One code, two trusts.
  'reference.Trust': across(`
    id  | code | trustName           | trustKnownAs | trustNumber | localOffice                            | status   | address   | postCode | organizationTypeId | intrepidId
    501 | RX1  | North Fell Hospital | North Fell   | 007         | Health Education England East Midlands | CURRENT  | 1 Fell Rd | NF1 1AA  | 1                  | 77501
    502 | RX1  | Cafe\u0301 Trust          | ·            | ·           | ·                                      | INACTIVE | ·         | ·        | ·                  | ·
  `),
  // 601: the code beside the trust's id is another trust's. 602: the id leads nowhere. 603: neither.
  'reference.Site': across(`
    id  | siteCode | siteNumber | siteName          | siteKnownAs | address  | postCode | trustId | trustCode | localOffice   | status   | startDate  | endDate    | organizationTypeId | intrepidId
    601 | RX1AA    | 01         | 'Fell Infirmary ' | The Fell    | Fell End | NF2 2BB  | 501     | RX2       | East Midlands | CURRENT  | 1948-07-05 | ·          | 1                  | 66601
    602 | RX1AA    | ·          | Moor Clinic       | ·           | ·        | ·        | 999     | RX9       | ·             | INACTIVE | ·          | 2020-03-31 | 9                  | ·
    603 | ·        | ·          | ·                 | ·           | ·        | ·        | ·       | ·         | ·             | ·        | ·          | ·          | ·                  | ·
  `),
  'reference.Grade': across(`
    id | abbreviation | name                      | label   | trainingGrade | postGrade | placementGrade | status   | intrepidId
    11 | ST3          | Specialty Training Year 3 | ST Year | 1             | 1         | 0              | CURRENT  | 9011
    12 | F1           | Foundation Year 1         | ·       | 0             | 0         | 1              | INACTIVE | ·
  `),
  // "Tariff" is the label of one type in use and of one that is not; "Twin funding" of two in use.
  'reference.FundingType': across(`
    id | code   | label        | status
    1  | TARIFF | Tariff       | CURRENT
    2  | MADEL  | MADEL        | CURRENT
    3  | OLDTAR | Tariff       | INACTIVE
    4  | TWIN_A | Twin funding | CURRENT
    5  | TWIN_B | Twin funding | CURRENT
  `),
  'reference.FundingSubType': across(`
    id    | code | label        | parentId
    fst-1 | HEE  | HEE programs | 1
  `),
  'reference.FundingReason': across(`
    id   | reason
    fr-1 | Expansion of posts
  `),
  'reference.PermitToWork': across(`
    id | code        | label       | status
    1  | UK_NATIONAL | UK national | CURRENT
    2  | EEA         | EEA         | INACTIVE
  `),
  'reference.College': across(`
    id | abbreviation | name                        | status
    1  | RCP          | Royal College of Physicians | CURRENT
  `),
  'reference.EthnicOrigin': across(`
    id | code            | status
    1  | White - British | CURRENT
  `),
  'reference.ReligiousBelief': across(`
    id | code  | label   | status
    1  | BAHAI | Baha\u0301'i | CURRENT
  `),
  ...codeList('AssessmentType', 'ARCP', 'Annual review'),
  ...codeList('CurriculumSubType', 'MEDICAL_CURRICULUM', 'Medical curriculum'),
  ...codeList('GdcStatus', '1', 'Registered'),
  ...codeList('Gender', 'FEMALE', 'Female'),
  ...codeList('GmcStatus', 'LICENSED', 'Registered with licence'),
  ...codeList('LeavingDestination', 'CONSULTANT', 'Consultant post'),
  ...codeList('LeavingReason', 'RESIGNED', 'Resigned'),
  ...codeList('MaritalStatus', 'SINGLE', 'Single'),
  ...codeList('PlacementType', 'In Post', 'In post'),
  ...codeList('ProgrammeMembershipType', 'SUBSTANTIVE', 'Substantive'),
  ...codeList('QualificationType', 'BASIC', 'Basic degree'),
  ...codeList('Role', 'DR in Training', 'Doctor in training'),
  ...codeList('Settled', 'YES', 'Yes'),
  ...codeList('SexualOrientation', 'NOT_SAID', 'Not disclosed'),
  ...codeList('Title', 'Dr', 'Doctor'),
};

/** A list of one code. */
function codeList(list: string, code: string, label: string): Readonly<Record<string, readonly TextRow[]>> {
  const category: Record<string, string> = list === 'Role' ? { categoryId: '1' } : {};
  return { [`reference.${list}`]: [{ id: '1', code, label, status: 'CURRENT', ...category }] };
}
