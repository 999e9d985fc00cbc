/** Does three turns of work under the lock of a folder, each said on a line when it begins and when it ends. */
import { appendFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { withLock } from '../../../scripts/setup/lock.mjs';

const [folder = '', journal = ''] = process.argv.slice(2);
for (let round = 0; round < 3; round += 1) {
  await withLock(
    folder,
    () => undefined,
    async () => {
      appendFileSync(journal, `begin ${process.pid}\n`);
      for (let i = 0; i < 200; i += 1) await turn();
      appendFileSync(journal, `end ${process.pid}\n`);
    },
  );
}
