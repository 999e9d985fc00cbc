import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does the work while no other process does work under the same folder.
 *
 * Everyone who wants the lock leaves a file, then looks: whoever sees no other living one has it, anyone else takes its
 * file back and tries again. Two can never both see nobody, and the file of a dead process just does not count, so
 * that nothing has to be taken over.
 *
 * @template T
 * @param {string} folder
 * @param {() => void} onWait called once, if another has it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, onWait, work) {
  mkdirSync(folder, { recursive: true });
  const own = `${process.pid}-${startOf(process.pid) ?? 'unknown'}`;
  const ownFile = join(folder, own);
  for (let waited = false; ; waited = true) {
    writeFileSync(ownFile, '');
    try {
      if (!othersLive(folder, own)) return await work();
    } finally {
      rmSync(ownFile, { force: true });
      // For tidiness: removes what the dead have left.
      othersLive(folder, own);
    }
    if (!waited) onWait();
    // At random, or two would meet for ever.
    await delay(50 + Math.random() * 250);
  }
}

/**
 * Another process works under the lock with its holder, and keeps it if the holder is killed: npm does not notice.
 * @param {string} folder
 * @param {number} pid
 */
export function shareLock(folder, pid) {
  writeFileSync(join(folder, `${pid}-${startOf(pid) ?? 'unknown'}`), '');
}

/**
 * @param {string} folder
 * @param {string} own
 */
function othersLive(folder, own) {
  let found = false;
  for (const name of readdirSync(folder)) {
    if (name === own) continue;
    const [pid = '', start] = name.split('-');
    // A number is given again, also to another program; the moment of its start is not.
    if (startOf(Number(pid)) === start) found = true;
    else rmSync(join(folder, name), { force: true });
  }
  return found;
}

/**
 * When a process began, in ticks since the machine did (field 22 of /proc/PID/stat); undefined when there is none.
 * @param {number} pid
 */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
