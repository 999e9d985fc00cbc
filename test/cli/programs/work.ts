import { once } from 'node:events';
import { exitCode } from '../../../src/cli/exit-code.ts';
import { perform } from '../../../src/cli/perform.ts';
import { nightjarError } from '../../../src/error/nightjar-error.ts';

const [how] = process.argv.slice(2);
process.exitCode = await perform(
  { json: false, left: 'The work is left half done.' },
  async ({ output, signal }) => {
    if (how === 'fails at once') throw new TypeError('a fault of ours');
    const alive = setInterval(() => undefined, 60_000);
    const told = once(signal, 'abort');
    output.say('at work');
    await told;
    output.say('told to stop');
    if (how === 'goes on') await once(process, 'beforeExit');
    clearInterval(alive);
    if (how === 'throws its reason') signal.throwIfAborted();
    if (how === 'throws something foreign') throw new Error('a connection was closed under us');
    if (how === 'throws a failure') throw nightjarError('NJ-USE-NO-DEMO', {});
    return exitCode.done;
  },
);
