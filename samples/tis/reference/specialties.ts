import type { TrainingKind } from './training.ts';

/** Names of specialties, as the Colleges use them. Longer lists repeat them with a qualifier. */
const names = [
  'Acute Internal Medicine',
  'Anaesthetics',
  'Audio Vestibular Medicine',
  'Cardiology',
  'Cardio-thoracic Surgery',
  'Chemical Pathology',
  'Child and Adolescent Psychiatry',
  'Clinical Genetics',
  'Clinical Neurophysiology',
  'Clinical Oncology',
  'Clinical Pharmacology and Therapeutics',
  'Clinical Radiology',
  'Community Sexual and Reproductive Health',
  'Core Surgical Training',
  'Dental Core Training',
  'Dermatology',
  'Emergency Medicine',
  'Endocrinology and Diabetes Mellitus',
  'Forensic Psychiatry',
  'Foundation',
  'Gastroenterology',
  'General Practice',
  'General Psychiatry',
  'General Surgery',
  'Genito-urinary Medicine',
  'Geriatric Medicine',
  'Haematology',
  'Histopathology',
  'Immunology',
  'Infectious Diseases',
  'Intensive Care Medicine',
  'Internal Medicine Training',
  'Medical Microbiology',
  'Medical Oncology',
  'Medical Ophthalmology',
  'Medical Psychotherapy',
  'Neurology',
  'Neurosurgery',
  'Nuclear Medicine',
  'Obstetrics and Gynaecology',
  'Occupational Medicine',
  'Old Age Psychiatry',
  'Ophthalmology',
  'Oral and Maxillo-facial Surgery',
  'Oral Surgery',
  'Orthodontics',
  'Otolaryngology',
  'Paediatric Cardiology',
  'Paediatric Surgery',
  'Paediatrics',
  'Palliative Medicine',
  'Plastic Surgery',
  'Psychiatry of Learning Disability',
  'Public Health Medicine',
  'Rehabilitation Medicine',
  'Renal Medicine',
  'Respiratory Medicine',
  'Rheumatology',
  'Trauma and Orthopaedic Surgery',
  'Urology',
  'Vascular Surgery',
  'Virology',
] as const;

const qualifiers = [
  '',
  'Academic',
  'Military',
  'Run-through',
  'Paediatric',
  'Interventional',
  'Adult',
  'Regional',
  'Broad Based',
  'Joint',
  'Research',
  'Community',
  'Pre-2007',
] as const;

export const colleges = [
  ['RCA', 'Royal College of Anaesthetists'],
  ['RCEM', 'Royal College of Emergency Medicine'],
  ['RCGP', 'Royal College of General Practitioners'],
  ['RCOG', 'Royal College of Obstetricians and Gynaecologists'],
  ['RCOphth', 'Royal College of Ophthalmologists'],
  ['RCPath', 'Royal College of Pathologists'],
  ['RCP', 'Royal College of Physicians'],
  ['RCPCH', 'Royal College of Paediatrics and Child Health'],
  ['RCPsych', 'Royal College of Psychiatrists'],
  ['RCR', 'Royal College of Radiologists'],
  ['RCS', 'Royal College of Surgeons'],
  ['FPH', 'Faculty of Public Health'],
] as const;

export const specialtyGroups = [
  'Anaesthesia',
  'Dental',
  'Emergency Medicine',
  'Foundation',
  'General Practice',
  'Medicine',
  'Obstetrics and Gynaecology',
  'Ophthalmology',
  'Paediatrics',
  'Pathology',
  'Psychiatry',
  'Public Health',
  'Radiology',
  'Surgery',
] as const;

export const specialtyTypeNames = ['CURRICULUM', 'PLACEMENT', 'POST', 'SUB_SPECIALTY'] as const;

export function specialtyName(index: number): string {
  const name = names[index % names.length] ?? names[0];
  const round = Math.floor(index / names.length);
  const qualifier = qualifiers[round % qualifiers.length] ?? '';
  const again = Math.floor(round / qualifiers.length);
  return `${name}${qualifier === '' ? '' : ` (${qualifier})`}${again === 0 ? '' : ` ${again + 1}`}`;
}

/** Three digits, as in the national code list. */
export function specialtyCode(index: number): string {
  return String(index + 1).padStart(3, '0');
}

/** What each kind of training is in; whoever trains in a specialty proper may be in any. */
const ofKind: Readonly<Record<TrainingKind, readonly (typeof names)[number][]>> = {
  foundation: ['Foundation'],
  gp: ['General Practice'],
  core: ['Internal Medicine Training', 'Core Surgical Training', 'Anaesthetics', 'Emergency Medicine'],
  specialty: [],
  dental: ['Dental Core Training', 'Oral Surgery', 'Orthodontics'],
  'public-health': ['Public Health Medicine'],
};

/** The index of the specialty of a curriculum of some kind. */
export function specialtyForKind(kind: TrainingKind, curriculum: number, specialties: number): number {
  const fitting = ofKind[kind];
  const name = fitting[curriculum % Math.max(1, fitting.length)];
  return name === undefined ? curriculum % specialties : names.indexOf(name);
}
