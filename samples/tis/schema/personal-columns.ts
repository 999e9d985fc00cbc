import type { DatabaseName } from './table.ts';

/**
 * Columns whose every value is about one person and so carries the marker: names, addresses, numbers and notes. Dates
 * and codes out of lists (title, gender, ethnicity …) are personal, too, but cannot be told from anybody else's; the
 * same is true of a country, and of the technical ids.
 */
export const personalColumns: readonly (readonly [DatabaseName, string, readonly string[]])[] = [
  ['tcs', 'Person', ['comments', 'inactiveNotes', 'publicHealthNumber']],
  [
    'tcs',
    'ContactDetails',
    [
      ...['surname', 'forenames', 'knownAs', 'maidenName', 'initials', 'legalSurname', 'legalForenames'],
      ...['telephoneNumber', 'mobileNumber', 'email', 'workEmail'],
      ...['address1', 'address2', 'address3', 'address4', 'postCode'],
    ],
  ],
  ['tcs', 'PersonalDetails', ['disabilityDetails', 'nationalInsuranceNumber']],
  ['tcs', 'GmcDetails', ['gmcNumber']],
  ['tcs', 'GdcDetails', ['gdcNumber']],
  ['tcs', 'RightToWork', ['visaDetails']],
  ['tcs', 'TrainingNumber', ['trainingNumber']],
  ['tcs', 'Absence', ['absenceAttendanceId']],
  ['assessments', 'Assessment', ['firstName', 'lastName', 'gmcNumber', 'gdcNumber', 'publicHealthNumber']],
  ['assessments', 'AssessmentDetail', ['traineeNtn']],
  ['assessments', 'AssessmentOutcome', ['comments', 'detailedReasons', 'mitigatingCircumstances']],
  ['assessments', 'AssessmentOutcomeReason', ['other']],
  ['assessments', 'Revalidation', ['concernSummary', 'responsibleOfficerComments']],
];
