/** The kinds of postgraduate training, which decide how long a programme takes and how often its doctors move. */
export const trainingKinds = ['foundation', 'gp', 'core', 'specialty', 'dental', 'public-health'] as const;
export type TrainingKind = (typeof trainingKinds)[number];

export interface Training {
  readonly years: number;
  readonly monthsAPlacement: number;
  /** Grade abbreviations, one for each year; the last one serves for the years after. */
  readonly grades: readonly string[];
  readonly curriculumSubType: string;
  /** Months by which a doctor may stay after the end; none where the curriculum is not eligible. */
  readonly grace: number;
  readonly cct: boolean;
  /** Share of all programmes, in hundredths. */
  readonly weight: number;
}

export const trainings: Readonly<Record<TrainingKind, Training>> = {
  foundation: {
    years: 2,
    monthsAPlacement: 4,
    grades: ['F1', 'F2'],
    curriculumSubType: 'ACF_OTHER_F1',
    grace: 0,
    cct: false,
    weight: 15,
  },
  gp: {
    years: 3,
    monthsAPlacement: 4,
    grades: ['ST1', 'ST2', 'ST3'],
    curriculumSubType: 'MEDICAL_CURRICULUM',
    grace: 6,
    cct: true,
    weight: 15,
  },
  core: {
    years: 2,
    monthsAPlacement: 6,
    grades: ['CT1', 'CT2'],
    curriculumSubType: 'MEDICAL_CURRICULUM',
    grace: 0,
    cct: false,
    weight: 10,
  },
  specialty: {
    years: 5,
    monthsAPlacement: 6,
    grades: ['ST3', 'ST4', 'ST5', 'ST6', 'ST7', 'ST8'],
    curriculumSubType: 'MEDICAL_CURRICULUM',
    grace: 6,
    cct: true,
    weight: 51,
  },
  dental: {
    years: 1,
    monthsAPlacement: 12,
    grades: ['DF1', 'DCT1', 'DCT2'],
    curriculumSubType: 'DENTAL_CURRICULUM',
    grace: 0,
    cct: false,
    weight: 5,
  },
  'public-health': {
    years: 4,
    monthsAPlacement: 12,
    grades: ['ST1', 'ST2', 'ST3', 'ST4'],
    curriculumSubType: 'PH_CURRICULUM',
    grace: 6,
    cct: true,
    weight: 4,
  },
};

/** How careers run: the kinds one after another, and how often, in hundredths. */
export const paths: readonly (readonly [weight: number, steps: readonly TrainingKind[]])[] = [
  [24, ['foundation']],
  [22, ['foundation', 'gp']],
  [10, ['foundation', 'core', 'specialty']],
  [24, ['specialty']],
  [11, ['gp']],
  [6, ['dental']],
  [3, ['public-health']],
];
