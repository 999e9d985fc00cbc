import { across, down, type TextRow } from '../text-table.ts';

/**
 * 101 has everything. 102 is spelt oddly. 103 and 112 are no real persons. 104 supervises. 105 is a number and no more.
 * 106 is deleted. 107 to 110 stand on the edges of the Leave Manager's window, 109 as a dentist. 111 has no e-mail address.
 * A date that begins with `!` is one that only MySQL can hold; PostgreSQL's TIS has NULL in its place.
 */
export const peopleStory: Readonly<Record<string, readonly TextRow[]>> = {
  'tcs.Person': across(`
    id  | intrepidId | role                                          | status   | inactiveDate        | publicHealthNumber | regulator | addedDate           | amendedDate
    101 | 88101      | DR in Training                                | CURRENT  | ·                   | ZQ00101            | GMC       | 2020-08-05 09:10:11 | 2026-05-30 23:30:00.125
    102 | ·          | Placeholder Coordinator,dr IN training        | INACTIVE | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    103 | ·          | DR in Training,PLACEHOLDER                    | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    104 | ·          | Clinical Supervisor                           | CURRENT  | ·                   | ·                  | GDC       | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    105 | ·          | ·                                             | ·        | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    106 | ·          | DR in Training                                | DELETE   | 2024-01-02 03:04:05 | ·                  | GMC       | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    107 | ·          | ' DR in Training , SelfService.Applicant,'    | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    108 | ·          | DR in Training                                | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    109 | ·          | Dentist in Training                           | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    110 | ·          | DR in Training                                | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    111 | ·          | DR in Training                                | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
    112 | ·          | dummy record,DR in Training                   | CURRENT  | ·                   | ·                  | ·         | 2020-08-05 00:00:00 | 2020-08-05 00:00:00
  `),
  'tcs.ContactDetails': down(`
    id              | 101             | 102             | 103           | 104            | 106             | 107             | 108             | 109             | 110             | 111       | 112
    title           | Dr              | ·               | ·             | Prof           | ·               | ·               | ·               | ·               | ·               | ·         | ·
    forenames       | Adazqu          | Ce\u0301zqu           | ·             | Samzqu         | ·               | ·               | ·               | ·               | ·               | ·         | ·
    surname         | Ashzqu          | 'Le Noe\u0308lzqu '   | Testzqu       | Sagezqu        | Gonezqu         | Soonzqu         | Laterzqu        | Grazqu          | Gonerzqu        | Nomazqu   | Dumzqu
    legalForenames  | Adazqua         | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    legalSurname    | Ashzqua         | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    knownAs         | Azqu            | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    maidenName      | Oldzqu          | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    initials        | AZQU            | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    email           | azqu@a.example  | czqu@a.example  | azqu@a.example | szqu@a.example | ·               | 'CZQU@a.example ' | ezqu@a.example  | gzqu@a.example  | hzqu@a.example  | ' '       | dzqu@a.example
    telephoneNumber | 01632 960001    | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    mobileNumber    | 07700 900001    | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    address1        | 1 Zqu Road      | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    address2        | Zqu Flat        | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    address3        | Zqutown         | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    address4        | Zqushire        | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    postCode        | ZZ1 1ZQ         | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
    country         | United Kingdom  | ·               | ·             | ·              | ·               | ·               | ·               | ·               | ·               | ·         | ·
  `),
  'tcs.GmcDetails': across(`
    id  | gmcNumber | gmcStatus | gmcStartDate | gmcEndDate
    101 | ZQ10001   | LICENSED  | 2015-08-01   | 2030-07-31
    106 | UNKNOWN   | ·         | ·            | !0000-00-00
  `),
  'tcs.GdcDetails': across(`
    id  | gdcNumber | gdcStatus | gdcStartDate | gdcEndDate
    104 | ZQ20004   | 1         | 1999-09-01   | 2031-12-31
  `),
  'tcs.PersonOwner': across(`
    id  | owner         | rule
    101 | East Midlands | CURRENT_PROGRAMME
  `),
  'tcs.PersonalDetails': down(`
    id                      | 101             | 102
    dateOfBirth             | 1990-03-25      | !1990-02-30
    gender                  | FEMALE          | ·
    maritalStatus           | SINGLE          | ·
    nationality             | British         | ·
    dualNationality         | French          | ·
    ethnicOrigin            | White - British | ·
    sexualOrientation       | NOT_SAID        | ·
    religiousBelief         | BAHAI           | ·
    disability              | yes             | ·
    nationalInsuranceNumber | ZQ000101A       | ·
  `),
  'tcs.RightToWork': across(`
    id  | eeaResident | permitToWork | settled | visaIssued | visaValidTo
    101 | YES         | uk_national  | NO      | 2024-01-01 | 2027-12-31
    102 | ·           | PAPER_1998   | ·       | ·          | ·
  `),
  // The second id has more digits than a JavaScript number holds.
  'tcs.Qualification': across(`
    id               | personId | qualification | qualificationType | qualificationAttainedDate | medicalSchool         | countryOfQualification | amendedDate
    1301             | 101      | MBBS          | BASIC             | 2014-07-01                | ' Universite\u0301 de Fell' | United Kingdom         | 2020-01-02 03:04:05.006
    9007199254740993 | 106      | ·             | ·                 | ·                         | ·                     | ·                      | 2020-01-02 03:04:05
  `),
  'tcs.TrainerApproval': across(`
    id   | personId | trainerType         | approvalStatus | startDate  | endDate
    1401 | 104      | Clinical Supervisor | CURRENT        | 2020-01-01 | 2027-12-31
    1402 | ·        | ·                   | ·              | ·          | ·
  `),
  // 23:00 UTC on 30 June is midnight in London's summer: the instant is published as it is stored.
  'tcs.Absence': across(`
    id   | personId | absenceAttendanceId | startDate           | endDate             | durationInDays | amendedDate
    1201 | 101      | ZQ0001              | 2026-06-30 23:00:00 | 2026-07-03 23:00:00 | 3              | 2026-05-01 10:00:00.1
    1202 | 105      | ZQ0002              | ·                   | ·                   | ·              | 2026-05-01 10:00:00
  `),
};
