import { exitCode } from './exit-code.ts';

/**
 * An abort signal for the first Ctrl-C (or SIGTERM); the second ends the process at once.
 *
 * @param left what is then left as it is: a sentence.
 */
export function stopSignal(left: string): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      process.stderr.write(`Ended at once (${name}). ${left}\n`);
      process.exit(exitCode.stopped);
    }
    process.stderr.write(`\nStopping (${name}); once more ends it at once …\n`);
    controller.abort(`${name} was received`);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
