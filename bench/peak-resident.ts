import { readFileSync } from 'node:fs';

/** The largest resident memory that this process has had, in MB: VmHWM of the kernel's own account. */
export function peakResident(): number {
  const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1] ?? 0) / 1000;
}
