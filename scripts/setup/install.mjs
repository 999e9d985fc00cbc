import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { constants } from 'node:os';
import { shareLock, withLock } from './lock.mjs';
import { ownFolder, pinnedNode, platform, root, searchPath } from './paths.mjs';
import { Stamp } from './stamp.mjs';

/** Something to say to the user in one sentence. */
export class SetupError extends Error {
  exitCode;

  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const lockFolder = join(ownFolder, 'installing');

/** @typedef {{ download: number, disk: number }} Size in MB */
/** @typedef {Record<'runtime' | 'run' | 'all' | 'postgres-15', Size>} Sizes */

/**
 * As measured with an empty cache.
 * @type {Record<string, Sizes | undefined>}
 */
const sizes = JSON.parse(readFileSync(new URL('sizes.json', import.meta.url), 'utf8'));

/**
 * Installs what is missing and returns the Node to run with. Silent when nothing is.
 *
 * @param {import('./stamp.mjs').Mode} mode
 * @param {import('./follower.mjs').Follower} follower
 */
export async function ensureInstalled(mode, follower) {
  const node = nodeToUse();
  const stamp = new Stamp();
  if (isComplete(stamp, mode, node)) return node;
  const say = (/** @type {string} */ text) => {
    console.error(text);
  };
  await withLock(
    lockFolder,
    () => {
      say('Another process is installing Nightjar here; waiting for it.');
    },
    async () => {
      if (!isComplete(stamp, mode, node)) await install(stamp, mode, node, follower, say);
    },
  );
  return node;
}

/**
 * @param {Stamp} stamp
 * @param {import('./stamp.mjs').Mode} mode
 * @param {string} node
 */
function isComplete(stamp, mode, node) {
  return existsSync(node) && (stamp.holds('all') || (mode === 'run' && stamp.holds('run')));
}

/**
 * The pinned one; where it does not exist, the one that is running, if it is as new.
 */
function nodeToUse() {
  if (existsSync(pinnedNode) || (sizes[platform] !== undefined && hasGlibc())) return pinnedNode;
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24) return process.execPath;
  throw new SetupError(
    `Nightjar brings its own Node for Linux on x64 and arm64 with glibc only, and this is ${platform}: ` +
      `start it with Node 24 or later (this is ${process.versions.node}).`,
  );
}

function hasGlibc() {
  /** @type {unknown} */
  const report = process.report.getReport();
  return JSON.stringify(report).includes('"glibcVersionRuntime"');
}

/**
 * @param {Stamp} stamp
 * @param {import('./stamp.mjs').Mode} mode
 * @param {string} node
 * @param {import('./follower.mjs').Follower} follower
 * @param {(text: string) => void} say
 */
async function install(stamp, mode, node, follower, say) {
  // Only the developers' packages are missing: they are added, for what is there may be in use.
  const add = mode === 'all' && stamp.holds('run');
  // Whoever had them keeps them.
  const everything = mode === 'all' || stamp.exists('all');
  const pinned = node === pinnedNode;
  /** @type {{ folder: string, size: keyof Sizes, with: string, args: string[] }[]} */
  const steps = [];
  if (pinned && !isPinnedVersion()) {
    steps.push({ folder: 'runtime', size: 'runtime', with: process.execPath, args: ['ci'] });
  }
  steps.push({
    folder: '.',
    size: everything ? 'all' : 'run',
    with: node,
    args: add
      ? ['install', '--no-save', '--include=dev']
      : ['ci', everything ? '--include=dev' : '--omit=dev'],
  });
  if (everything) steps.push({ folder: 'test/postgres-15', size: 'postgres-15', with: node, args: ['ci'] });
  say(
    announcement(
      steps.map((step) => step.size),
      add,
    ),
  );
  const started = Date.now();
  if (!add) stamp.remove();
  for (const step of steps) await npm(step.args, join(root, step.folder), step.with, follower);
  if (pinned && !isPinnedVersion())
    throw new SetupError(`The Node that npm installed does not run: ${pinnedNode}`);
  stamp.write(everything ? 'all' : 'run');
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/**
 * @param {(keyof Sizes)[]} names
 * @param {boolean} add
 */
function announcement(names, add) {
  const table = sizes[platform] ?? sizes['linux-x64'];
  const total = { download: 0, disk: 0 };
  for (const name of names) {
    total.download += table?.[name].download ?? 0;
    total.disk += table?.[name].disk ?? 0;
  }
  if (add && table !== undefined) {
    total.download -= table.run.download;
    total.disk -= table.run.disk;
  }
  return `Installing what is needed from npm: about ${total.download} MB to download, ${total.disk} MB on disk.`;
}

function isPinnedVersion() {
  const lock = JSON.parse(readFileSync(join(root, 'runtime', 'package-lock.json'), 'utf8'));
  const wanted = lock.packages[`node_modules/node-${platform}`]?.version;
  try {
    return execFileSync(pinnedNode, ['--version'], { encoding: 'utf8' }).trim() === `v${wanted}`;
  } catch {
    return false;
  }
}

/**
 * @param {string[]} args
 * @param {string} folder
 * @param {string} node that npm runs on: under an older one it leaves out, silently, what asks for a newer one
 * @param {import('./follower.mjs').Follower} follower
 */
async function npm(args, folder, node, follower) {
  const own = process.env['npm_execpath'] ?? '';
  const known = basename(own) === 'npm-cli.js';
  const command = [
    ...args,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ];
  const code = await follower
    .run(
      known ? node : 'npm',
      known ? [own, ...command] : command,
      { cwd: folder, env: { ...process.env, PATH: searchPath(node) } },
      (pid) => {
        shareLock(lockFolder, pid);
      },
    )
    .catch((/** @type {unknown} */ error) => {
      throw new SetupError(`npm, which comes with Node, could not be started (${String(error)}).`);
    });
  if (follower.signalled !== undefined) {
    throw new SetupError(
      'The installation was interrupted; the next start begins it again.',
      128 + constants.signals[follower.signalled],
    );
  }
  if (code !== 0)
    throw new SetupError(
      `"npm ${args.join(' ')}" failed in ${folder} (exit code ${code}); its words are above.`,
    );
}
