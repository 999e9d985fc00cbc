import { across, type TextRow } from '../text-table.ts';

/** 301 has two of everything, and so would be 16 rows to a plain join; 302 has what is missing or leads nowhere. */
export const postStory: Readonly<Record<string, readonly TextRow[]>> = {
  'tcs.Post': across(`
    id  | intrepidId | nationalPostNumber       | localPostNumber | status  | owner                                  | postFamily | suffix   | fundingStatus | employingBodyId | trainingBodyId | oldPostId | newPostId | legacy
    301 | 55301      | EMD/RX1AA/300/ST3/000301 | LP301           | CURRENT | East Midlands                          | FAM        | ACADEMIC | CURRENT       | 501             | 502            | 302       | 303       | 1
    302 | ·          | ·                        | ·               | DELETE  | Health Education England East Midlands | ·          | ·        | INACTIVE      | 999             | ·              | ·         | ·         | 0
  `),
  'tcs.PostSpecialty': across(`
    id  | postId | specialtyId | postSpecialtyType
    311 | 301    | 702         | PRIMARY
    312 | 301    | 701         | Primary
    313 | 301    | 703         | OTHER
  `),
  'tcs.PostGrade': across(`
    id  | postId | gradeId | postGradeType
    321 | 301    | 12      | APPROVED
    322 | 301    | 11      | APPROVED
    323 | 302    | 999     | APPROVED
    324 | 302    | 11      | OTHER
  `),
  'tcs.PostSite': across(`
    id  | postId | siteId | postSiteType
    331 | 301    | 602    | PRIMARY
    332 | 301    | 601    | PRIMARY
    333 | 302    | ·      | PRIMARY
    334 | 302    | 999    | OTHER
  `),
  // A body is an id as text: 501 is one, " 501" is none, 999 is one of no trust.
  'tcs.PostFunding': across(`
    id  | postId | startDate  | endDate    | fundingType  | info   | fundingBodyId | fundingSubTypeId | fundingReasonId
    351 | 301    | 2015-04-01 | 2020-03-31 | 'TARIFF '    | Agreed | 501           | fst-1            | fr-1
    352 | 301    | 2020-04-01 | ·          | Twin funding | ·      | ' 501'        | ·                | ·
    353 | 302    | ·          | ·          | Deanery 2009 | ·      | 999           | fst-9            | fr-9
    354 | 302    | ·          | ·          | ·            | ·      | ·             | ·                | ·
  `),
  'tcs.ProgrammePost': across(`
    programmeId | postId | addedDate
    901         | 301    | 2020-01-02 03:04:05
    902         | 301    | 2021-01-02 00:00:00
  `),
  'tcs.RotationPost': across(`
    id  | rotationId | postId
    361 | 951        | 301
  `),
};
