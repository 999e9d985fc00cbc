import { across, down, type TextRow } from '../text-table.ts';

/** What the story's posts must look like when published: each once, the lowest id of two, and how many there were. */
export const expectedPosts: Readonly<Record<string, readonly TextRow[]>> = {
  post: down(`
    post_id                     | 301                      | 302
    intrepid_id                 | 55301                    | ·
    national_post_number        | EMD/RX1AA/300/ST3/000301 | ·
    local_post_number           | LP301                    | ·
    status                      | CURRENT                  | DELETE
    owner                       | East Midlands            | Health Education England East Midlands
    post_family                 | FAM                      | ·
    suffix                      | ACADEMIC                 | ·
    funding_status              | CURRENT                  | INACTIVE
    employing_body_id           | 501                      | 999
    employing_body_code         | RX1                      | ·
    employing_body_name         | North Fell Hospital      | ·
    training_body_id            | 502                      | ·
    training_body_code          | RX1                      | ·
    training_body_name          | Caf\u00e9 Trust               | ·
    primary_specialty_id        | 701                      | ·
    primary_specialty_code      | 300                      | ·
    primary_specialty_name      | Acute Medicine           | ·
    primary_specialty_count     | 2                        | 0
    approved_grade_id           | 11                       | 999
    approved_grade_abbreviation | ST3                      | ·
    approved_grade_count        | 2                        | 1
    primary_site_id             | 601                      | ·
    primary_site_code           | RX1AA                    | ·
    primary_site_name           | 'Fell Infirmary '        | ·
    primary_site_count          | 2                        | 1
    old_post_id                 | 302                      | ·
    new_post_id                 | 303                      | ·
    is_legacy                   | true                     | false
  `),
  post_specialty: across(`
    post_specialty_id | post_id | specialty_id | post_specialty_type
    311               | 301     | 702          | PRIMARY
    312               | 301     | 701          | Primary
    313               | 301     | 703          | OTHER
  `),
  post_grade: across(`
    post_grade_id | post_id | grade_id | grade_abbreviation | post_grade_type
    321           | 301     | 12       | F1                 | APPROVED
    322           | 301     | 11       | ST3                | APPROVED
    323           | 302     | 999      | ·                  | APPROVED
    324           | 302     | 11       | ST3                | OTHER
  `),
  post_site: across(`
    post_site_id | post_id | site_id | site_code | post_site_type
    331          | 301     | 602     | RX1AA     | PRIMARY
    332          | 301     | 601     | RX1AA     | PRIMARY
    333          | 302     | ·       | ·         | PRIMARY
    334          | 302     | 999     | ·         | OTHER
  `),
  // "TARIFF " finds the one Tariff in use; "Twin funding" is two in use, and so none.
  post_funding: down(`
    post_funding_id       | 351                 | 352          | 353          | 354
    post_id               | 301                 | 301          | 302          | 302
    start_date            | 2015-04-01          | 2020-04-01   | ·            | ·
    end_date              | 2020-03-31          | ·            | ·            | ·
    funding_type_raw      | 'TARIFF '           | Twin funding | Deanery 2009 | ·
    funding_type_code     | TARIFF              | ·            | ·            | ·
    funding_type          | Tariff              | ·            | ·            | ·
    funding_sub_type_code | HEE                 | ·            | ·            | ·
    funding_sub_type      | HEE programs        | ·            | ·            | ·
    funding_reason        | Expansion of posts  | ·            | ·            | ·
    funding_body_raw      | 501                 | ' 501'       | 999          | ·
    funding_body_trust_id | 501                 | ·            | ·            | ·
    funding_body_name     | North Fell Hospital | ·            | ·            | ·
    details               | Agreed              | ·            | ·            | ·
  `),
  post_programme: across(`
    programme_id | post_id | added_date
    901          | 301     | 2020-01-02 03:04:05
    902          | 301     | 2021-01-02 00:00:00
  `),
  rotation_post: across(`
    rotation_post_id | rotation_id | post_id
    361              | 951         | 301
  `),
};
