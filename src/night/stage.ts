/** The stages of a run, in the order of the way of the data. */
export const stages = [
  'prepare',
  'extract',
  'build',
  'audit',
  'judge',
  'verify',
  'publish',
  'report',
  'retain',
] as const;

export type Stage = (typeof stages)[number];
