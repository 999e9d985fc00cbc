/**
 * node scripts/with-node.mjs run|all FILE [ARGUMENT…]
 *
 * Installs what is missing (run: what Nightjar needs; all: also what developing it needs) and starts FILE under the
 * pinned Node. For whatever Node a machine has: this file must be understood by old ones, so that they can say so.
 */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Nightjar needs Node 20 or later to install itself; this is Node ${process.versions.node}.`);
  process.exit(1);
}

const [mode, file, ...args] = process.argv.slice(2);
if ((mode !== 'run' && mode !== 'all') || file === undefined) {
  console.error('Usage: node scripts/with-node.mjs run|all FILE [ARGUMENT…]');
  process.exit(2);
}

const { Follower } = await import('./setup/follower.mjs');
const { ensureInstalled, SetupError } = await import('./setup/install.mjs');

const follower = new Follower();
try {
  const node = await ensureInstalled(mode, follower);
  process.exitCode = await follower.handOver(node, [file, ...args]);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
// Without this a signal that came last would keep its handler, and the handler this process.
process.exit();
