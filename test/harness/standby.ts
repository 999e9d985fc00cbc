import { execFile } from 'node:child_process';
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inPostgres } from './databases.ts';
import { startPostgres, type RunningPostgres } from './postgres.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A server and one that follows it; both end with it. */
export interface StandbyPair extends AsyncDisposable {
  readonly primary: RunningPostgres;
  /** Copies the primary as it is now, and starts a hot standby that streams from it. */
  follow(): Promise<RunningPostgres>;
}

export async function standbyPair(major: 15 | 18): Promise<StandbyPair> {
  await using begun = new AsyncDisposableStack();
  const place = begun.use(await temporaryFolder());
  const [first, second] = [join(place.path, 'first'), join(place.path, 'second')];
  // An idle primary is heard of after half of this time.
  const primary = begun.use(
    await startPostgres(major, { dataFolder: first, settings: { wal_sender_timeout: '1s' } }),
  );
  const owned = begun.move();
  return {
    primary,
    follow: async () => {
      const cluster = join(second, 'cluster');
      const write = async (name: string, text: string): Promise<void> => {
        const { uid, gid } = await stat(cluster);
        await writeFile(join(cluster, name), text);
        await chown(join(cluster, name), uid, gid);
      };
      await inPostgres(primary, async (client) => {
        await client.query("select pg_backup_start('standby', true)");
        await mkdir(second);
        // With its owner: the servers' user is another one where the tests run as root.
        await promisify(execFile)('cp', ['-a', join(first, 'cluster'), cluster]);
        const { rows } = await client.query<{ labelfile: string }>(
          'select labelfile from pg_backup_stop(false)',
        );
        await write('backup_label', rows[0]?.labelfile ?? '');
      });
      await rm(join(cluster, 'postmaster.pid'));
      await write('standby.signal', '');
      const { host, port, user, password } = primary;
      const settings = { primary_conninfo: `host=${host} port=${port} user=${user} password=${password}` };
      return owned.use(await startPostgres(major, { dataFolder: second, settings }));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
