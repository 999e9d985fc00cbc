/** The stages of a run, in the order of the way of the data. */
export const stages = ['prepare', 'extract', 'build', 'audit', 'publish', 'retain'] as const;

export type Stage = (typeof stages)[number];

/** What a run tells whoever watches it. */
export type NightEvent =
  | { readonly kind: 'run'; readonly run: number; readonly asOf: string }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'reading'; readonly table: string; readonly rows: number; readonly bytes: number }
  | { readonly kind: 'built'; readonly dataset: string; readonly seconds: number }
  | { readonly kind: 'audited'; readonly dataset: string; readonly rows: number }
  | { readonly kind: 'published'; readonly generation: number; readonly instant: Date }
  | { readonly kind: 'remark'; readonly sentence: string };
