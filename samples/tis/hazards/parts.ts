import type { Often } from './plan.ts';

/**
 * Every part that a row can be given, and how often. A person bears the parts of what hangs from a person, too: the
 * membership, placement or assessment meant is that person's first one.
 */

/** Parts that leave a person's career to chance. */
const plainPersonParts = {
  'no-contact-row': [4, 0.5],
  'no-surname': [3, 0.2],
  'no-email': [4, 1],
  'no-status': [3, 0.3],
  'accented-surname': [12, 20],
  'trailing-blank-surname': [4, 2],
  'no-break-forenames': [3, 1],
  'drifted-disability': [5, 2],
  'soft-deleted-person': [8, 100],
  'duplicate-person': [4, 1],
  'shared-email': [3, 1],
  'impossible-birth-date': [3, 0.5],
  'unknown-permit': [3, 0.5],
  'huge-qualification-id': [3, 0],
  'blank-medical-school': [5, 1],
} as const satisfies Record<string, Often>;

/** Parts of doctors who supervise. */
const supervisorParts = {
  'supervisor-substring': [9, 5],
  'unknown-gmc-number': [14, 20],
  'zero-gmc-end-date': [3, 0.5],
  'huge-approval-id': [2, 0],
  'approval-without-person': [3, 0],
} as const satisfies Record<string, Often>;

/** Parts of trainees, whenever they train. */
const traineeParts = {
  'drifted-role': [17, 530],
} as const satisfies Record<string, Often>;

/** Parts of trainees who have been in training for a year and still are. */
const currentTraineeParts = {
  placeholder: [6, 2],
  'dummy-record': [3, 1],
  'role-near-miss': [4, 1],
  'blanks-in-roles': [5, 3],
  'stale-inactive': [4, 2],
  'rotation-disagrees': [4, 1],
  'rotation-text-only': [4, 1],
  'membership-without-start': [3, 0.5],
  'membership-without-end': [4, 0.5],
  'membership-without-type': [3, 0.5],
  'borrowed-post': [6, 20],
  'site-disagrees': [5, 5],
  'grade-disagrees': [4, 5],
  'placement-orphan-site': [4, 3],
  'placement-orphan-grade': [2, 1],
  'placement-without-start': [3, 1],
  'placement-without-end': [3, 1],
  'placement-without-trainee': [3, 1],
  'placement-without-post': [3, 2],
  'placement-without-site': [4, 3],
  'placement-without-grade': [3, 2],
  'placement-without-wte': [4, 5],
  'wte-tenth': [4, 3],
  'wte-above-one': [3, 2],
  'clock-change-start': [4, 1],
  'zero-placement-end': [2, 0.5],
  'impossible-placement-start': [2, 0.5],
  'two-primary-placement-specialties': [3, 2],
  'drifted-placement-type': [5, 5],
  'unknown-supervisor-type': [2, 0.5],
  'placement-site-orphan': [2, 1],
  'assessment-orphan-trainee': [3, 2],
  'assessment-orphan-programme': [3, 2],
  'assessment-orphan-membership': [4, 5],
  'assessment-without-trainee': [2, 0.5],
  'assessment-without-detail': [3, 2],
  'outcome-disagrees': [4, 4],
  'review-with-time': [6, 10],
  'zero-review-date': [2, 0.3],
  'soft-deleted-assessment': [6, 60],
  'summer-absence': [5, 2],
  'huge-absence-id': [2, 0],
} as const satisfies Record<string, Often>;

/** Parts with a career of their own: dates that matter to the night itself. */
const scriptedParts = {
  'stale-current': [4, 2],
  'no-membership': [8, 90],
  'window-last-day': [2, 0],
  'window-day-after': [2, 0],
  'window-first-day': [2, 0],
  'window-day-before': [2, 0],
  'window-leaver': [26, 0],
  'window-grace-last-day': [2, 0],
  'window-grace-day-after': [2, 0],
  'window-grace-ineligible': [2, 0],
  'starts-today': [2, 0],
  'ends-today': [2, 0],
  'ended-yesterday': [2, 0],
  'placement-window-last-day': [2, 0],
  'placement-window-day-after': [2, 0],
  'placement-window-first-day': [2, 0],
  'placement-window-day-before': [2, 0],
  'draft-in-window': [2, 0],
} as const satisfies Record<string, Often>;

export const personParts = {
  ...plainPersonParts,
  ...supervisorParts,
  ...traineeParts,
  ...currentTraineeParts,
  ...scriptedParts,
};
export type PersonPart = keyof typeof personParts;

export const isSupervisorPart = (part: PersonPart): boolean => part in supervisorParts;
export const isTraineePart = (part: PersonPart): boolean =>
  part in traineeParts || part in currentTraineeParts || part in scriptedParts;
export const isCurrentTraineePart = (part: PersonPart): boolean => part in currentTraineeParts;

export const postParts = {
  'two-primary-specialties': [7, 4],
  'two-primary-sites': [5, 3],
  'two-approved-grades': [4, 2],
  eightfold: [2, 1],
  'no-primary-specialty': [3, 3],
  'old-owner': [6, 20],
  'unknown-owner': [3, 3],
  'no-owner': [3, 3],
  'orphan-employer': [4, 2],
  'soft-deleted-post': [10, 150],
  'stale-funding-status': [5, 5],
  'no-number': [3, 1],
  'blank-number': [2, 1],
  'site-null': [3, 2],
  'post-orphan-site': [2, 1],
  'post-orphan-grade': [2, 1],
  'funding-body-unparsed': [6, 5],
  'funding-body-orphan': [3, 2],
  'drifted-funding-label': [8, 20],
  'unknown-funding-label': [3, 2],
  'funding-ended-yesterday': [3, 0],
  'funding-ends-today': [3, 0],
} as const satisfies Record<string, Often>;
export type PostPart = keyof typeof postParts;

export const programmeParts = {
  'old-owner': [5, 100],
  'unknown-owner': [2, 5],
  'no-owner': [2, 5],
  'no-number': [2, 5],
} as const satisfies Record<string, Often>;
export type ProgrammePart = keyof typeof programmeParts;

export const curriculumParts = {
  'specialty-unparsed': [5, 10],
  'specialty-orphan': [3, 10],
  'specialty-null': [2, 10],
} as const satisfies Record<string, Often>;
export type CurriculumPart = keyof typeof curriculumParts;

export const siteParts = {
  'shared-code': [5, 20],
  'trust-disagrees': [4, 10],
  'orphan-trust': [3, 5],
  'no-code': [3, 5],
  'old-office': [4, 10],
  'trailing-blank-name': [3, 5],
} as const satisfies Record<string, Often>;
export type SitePart = keyof typeof siteParts;

export const trustParts = {
  'old-office': [3, 50],
  'shared-code': [2, 20],
} as const satisfies Record<string, Often>;
export type TrustPart = keyof typeof trustParts;
