import { readFileSync, statfsSync } from 'node:fs';

/** A file system in memory, for anyone, on every Linux; in a container it may be small, or nothing can be started from it. */
const inMemory = '/dev/shm';
/** The tests have 1.2 GB there at most, of a machine that needs memory for the servers too. */
const roomNeeded = 4 * 2 ** 30;
const memoryNeeded = 8 * 2 ** 30;

/**
 * A folder in memory for data that nobody will miss, where there is one with room: the thousands of databases that tests make and
 * drop keep the file system of a disk busy for as long as the tests' own programs. `undefined` where there is none.
 */
export function quickPlace(): string | undefined {
  const mounts = readFileSync('/proc/mounts', 'utf8');
  const options = /^\S+ \/dev\/shm tmpfs (\S+)/m.exec(mounts)?.[1]?.split(',');
  if (options === undefined || options.includes('noexec') || options.includes('ro')) return undefined;
  const memory = /^MemAvailable: +(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? '0';
  const { bavail, bsize } = statfsSync(inMemory);
  const isEnough = bavail * bsize >= roomNeeded && Number(memory) * 1024 >= memoryNeeded;
  return isEnough ? inMemory : undefined;
}
