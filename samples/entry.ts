import type { Samples } from '../src/cli/samples.ts';
import { cleanDemo } from './demo/clean.ts';
import { hurtDemo } from './demo/hurt-demo.ts';
import { runDemo } from './demo/run-demo.ts';
import { sampleCommand } from './tis/command.ts';

/** What `nightjar demo` and `nightjar sample` load by name. */
export const samples: Samples = {
  demo: { runDemo, cleanDemo, hurtDemo },
  sample: { sampleCommand },
};
