import type { Stage } from './stage.ts';
import type { Expectation } from './time-left.ts';

/** What a run tells whoever watches it. */
export type NightEvent =
  | {
      readonly kind: 'run';
      readonly run: number;
      readonly asOf: string;
      readonly expected: Expectation | undefined;
    }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'reading'; readonly table: string; readonly rows: number; readonly bytes: number }
  | { readonly kind: 'built'; readonly dataset: string; readonly seconds: number }
  | { readonly kind: 'audited'; readonly dataset: string; readonly rows: number }
  | { readonly kind: 'judged'; readonly dataset: string }
  | { readonly kind: 'verified'; readonly dataset: string }
  /** All was judged, and the guards speak against it. */
  | { readonly kind: 'held' }
  | { readonly kind: 'published'; readonly generation: number; readonly instant: Date }
  | { readonly kind: 'remark'; readonly sentence: string };
