import { exitCode } from './exit-code.ts';

/**
 * An error that nobody waits for ends the process, as it must: nothing is known any more. Left alone, Node would print
 * all of it, and a database's error carries a row's values. What tells of it is loaded when it is needed.
 */
export function tellOfCrashes(json: boolean): void {
  let crashed = false;
  process.on('uncaughtException', (error: unknown) => {
    // What breaks while the first is told of is a part of the same.
    if (crashed) return;
    crashed = true;
    void tell(error, json).finally(() => process.exit(exitCode.failed));
  });
}

async function tell(error: unknown, json: boolean): Promise<void> {
  const { asNightjarError } = await import('../error/as-nightjar-error.ts');
  const { ourLines } = await import('../error/our-lines.ts');
  const { Output } = await import('./output.ts');
  new Output(json).complain(asNightjarError(error, 'the command'), {}, ourLines(error));
}
