import pg from 'pg';
import { perform } from '../../../src/cli/perform.ts';
import { tellOfCrashes } from '../../../src/cli/tell-of-crashes.ts';

/** Lets a database's error escape in one of several ways: crash.ts <url> <way> [--json]. */
const [, , url, way, option] = process.argv;
tellOfCrashes(option === '--json');

const client = new pg.Client(url);
client.on('error', () => undefined);
await client.connect();
const failing = (): Promise<unknown> => client.query("select 'Zq7LeakMarker 77152000'::bigint");

switch (way) {
  case 'rejection':
    void failing();
    break;
  case 'exception':
    failing().catch((error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
    );
    break;
  case 'command':
    process.exitCode = await perform({ json: option === '--json', left: '' }, async () => {
      await failing();
      return 0;
    });
    await client.end();
    break;
  default: {
    // A message that looks like a stack.
    const at = new URL('crash.ts', import.meta.url).href;
    throw new Error(
      `Zq7LeakMarker\n    at Zq7LeakMarker (${at}:1:1)\n    at ${at.replace('crash', 'Zq7LeakMarker')}:1:1`,
    );
  }
}
