import { nightjarError } from '../error/nightjar-error.ts';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';

/** What `samples/` offers to the command line. The engine knows nothing of TIS: it is loaded by name. */
export interface Samples {
  readonly demo: {
    readonly runDemo: (options: DemoOptions, context: Context) => Promise<ExitCode>;
    readonly cleanDemo: (options: DryRunOption, context: Context) => Promise<ExitCode>;
    readonly hurtDemo: (
      fault: string | undefined,
      options: DryRunOption,
      context: Context,
    ) => Promise<ExitCode>;
  };
  readonly sample: {
    readonly sampleCommand: (
      action: SampleAction,
      options: SampleOptions,
      context: Context,
    ) => Promise<ExitCode>;
  };
}

export interface DryRunOption {
  /** Say what would happen; change nothing. */
  readonly dryRun?: boolean;
}

/** The options of `nightjar demo`. */
export interface DemoOptions extends DryRunOption {
  /** End at once instead of staying up. */
  readonly exit?: boolean;
  /** Of the size of England; for the first start, which makes the databases. */
  readonly scale?: number;
}

export type SampleAction = 'create' | 'advance' | 'hurt';

/** The options of `nightjar sample`. */
export interface SampleOptions extends DryRunOption {
  /** Always there but for the list of harms. */
  readonly to?: string;
  readonly scale?: number;
  readonly seed: number;
  readonly today?: string;
  readonly region?: string;
  readonly fault?: string;
  readonly table?: string;
  readonly column?: string;
}

const entry = new URL('../../samples/entry.ts', import.meta.url);

/** Throws NJ-USE-NO-SAMPLES where the checkout's samples are not beside the program. */
export async function loadSamples(): Promise<Samples> {
  let module: unknown;
  try {
    module = await import(entry.href);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      throw nightjarError('NJ-USE-NO-SAMPLES', {});
    }
    throw error;
  }
  if (!isEntry(module)) throw nightjarError('NJ-USE-NO-SAMPLES', {});
  return module.samples;
}

function isEntry(module: unknown): module is { readonly samples: Samples } {
  return typeof module === 'object' && module !== null && 'samples' in module;
}
