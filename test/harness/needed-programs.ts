import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const needed = [
  { program: 'mariadbd', package: 'mariadb-server-core' },
  { program: 'mariadb-install-db', package: 'mariadb-server-core' },
  { program: 'mariadb', package: 'mariadb-client-core' },
  { program: 'pgbouncer', package: 'pgbouncer' },
];

/** Installs the servers that npm does not have, if it may; otherwise returns a sentence that says what to install. */
export function installNeededPrograms(say: (line: string) => void = console.log): string | undefined {
  const packages = missingPackages();
  if (packages.length === 0) return undefined;
  const ask = `This needs ${packages.join(', ')}: install with "apt-get install ${packages.join(' ')}", or as your system does it.`;
  if (process.getuid?.() !== 0 || !isThere('apt-get')) return ask;
  say(`Installing ${packages.join(', ')} with apt-get.`);
  apt(['update', '--quiet=2']);
  apt(['install', '--quiet=2', '--yes', '--no-install-recommends', ...packages]);
  // Debian starts a service with it, for which the machine's owner did not ask.
  if (packages.includes('pgbouncer') && isThere('systemctl')) {
    spawnSync('systemctl', ['disable', '--now', 'pgbouncer'], { stdio: 'ignore' });
  }
  return missingPackages().length === 0 ? undefined : ask;
}

function missingPackages(): string[] {
  return [...new Set(needed.filter((each) => !isThere(each.program)).map((each) => each.package))];
}

function isThere(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function apt(args: readonly string[]): void {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Runlevel 1 keeps the older kind of service from being started.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
