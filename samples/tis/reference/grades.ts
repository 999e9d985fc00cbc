export interface Grade {
  readonly id: number;
  readonly abbreviation: string;
  readonly name: string;
  readonly training: boolean;
  readonly post: boolean;
  readonly placement: boolean;
  readonly current: boolean;
}

const named: readonly (readonly [abbreviation: string, name: string, training: boolean])[] = [
  ['F1', 'Foundation Year 1', true],
  ['F2', 'Foundation Year 2', true],
  ['CT1', 'Core Training Year 1', true],
  ['CT2', 'Core Training Year 2', true],
  ['CT3', 'Core Training Year 3', true],
  ['ST1', 'Specialty Training Year 1', true],
  ['ST2', 'Specialty Training Year 2', true],
  ['ST3', 'Specialty Training Year 3', true],
  ['ST4', 'Specialty Training Year 4', true],
  ['ST5', 'Specialty Training Year 5', true],
  ['ST6', 'Specialty Training Year 6', true],
  ['ST7', 'Specialty Training Year 7', true],
  ['ST8', 'Specialty Training Year 8', true],
  ['DF1', 'Dental Foundation Year 1', true],
  ['DCT1', 'Dental Core Training Year 1', true],
  ['DCT2', 'Dental Core Training Year 2', true],
  ['GPR', 'GP Registrar', true],
  ['LAT', 'Locum Appointment for Training', true],
  ['FTSTA', 'Fixed Term Specialty Training Appointment', true],
  ['SPR', 'Specialist Registrar', true],
  ['SHO', 'Senior House Officer', true],
  ['CONS', 'Consultant', false],
  ['SAS', 'Specialty Doctor', false],
  ['TD', 'Trust Doctor', false],
  ['LAS', 'Locum Appointment for Service', false],
];

/** The grades in use, and behind them the abolished local ones that nobody ever took out of the list. */
export function gradesUpTo(count: number): readonly Grade[] {
  return Array.from({ length: count }, (_, index) => {
    const known = named[index];
    if (known !== undefined) {
      const [abbreviation, name, training] = known;
      return { id: index + 1, abbreviation, name, training, post: true, placement: true, current: true };
    }
    const number = index - named.length + 1;
    return {
      id: index + 1,
      abbreviation: `LOC${number}`,
      name: `Local grade ${number} (abolished)`,
      training: number % 3 === 0,
      post: false,
      placement: number % 5 === 0,
      current: false,
    };
  });
}
