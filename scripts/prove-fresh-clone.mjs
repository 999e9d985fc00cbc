/**
 * node scripts/prove-fresh-clone.mjs [--without-tests]
 *
 * Does what a newcomer does: both commands of the README in a clone that nothing was ever installed in, in a folder that
 * only its owner may enter, with an empty npm cache; and ends the demo by Ctrl-C, by SIGTERM to npm and by kill -9.
 * Prints how long each took, and exits 1 where something failed or was left behind. Takes the committed HEAD, some
 * minutes, and 300 MB from npm.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');
const place = mkdtempSync(join(tmpdir(), 'nightjar-fresh-'));
const clone = join(place, 'clone');
/** The temporary folder of all that is started here. */
const temporary = join(place, 'tmp');
/** @type {string[]} */
const faults = [];

/** @param {boolean} isGood @param {string} sentence */
function tell(isGood, sentence) {
  if (!isGood) faults.push(sentence);
  console.log(`${isGood ? '✔' : '✖'} ${sentence}`);
}

/** The processes that work in the clone, or were started from it: numbers. */
function processesOfTheClone() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return [readlinkSync(`/proc/${pid}/cwd`), readlinkSync(`/proc/${pid}/exe`)].some((path) =>
          path.startsWith(clone),
        );
      } catch {
        return false;
      }
    });
}

/** @param {readonly string[]} args @param {(output: string) => boolean} isReady */
function start(args, isReady = () => false) {
  const began = performance.now();
  const child = spawn('npm', args, {
    cwd: clone,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_cache: join(place, 'npm-cache'), TMPDIR: temporary },
  });
  let output = '';
  /** @type {(value?: undefined) => void} */
  let tellReady = () => undefined;
  const ready = new Promise((done) => {
    tellReady = done;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      if (isReady(output)) tellReady();
    });
  }
  const ended = new Promise((done) => {
    child.on('close', (code, signal) => {
      tellReady();
      done(code ?? signal);
    });
  });
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => output,
    seconds: () => (performance.now() - began) / 1000,
  };
}

/** @param {string} how */
async function tellLeftovers(how) {
  for (let attempt = 0; attempt < 60 && leftovers().length > 0; attempt++) await sleep(500);
  const left = leftovers();
  tell(left.length === 0, `${how}: ${left.length === 0 ? 'nothing is left' : `left: ${left.join(', ')}`}`);
}

function leftovers() {
  // npm's own, and it says so nowhere.
  const files = readdirSync(temporary).filter((name) => name !== 'node-compile-cache');
  const secrets = [join(clone, '.nightjar', 'demo', 'running.json')].filter((file) => existsSync(file));
  return [...processesOfTheClone().map((pid) => `process ${pid}`), ...files, ...secrets];
}

try {
  mkdirSync(temporary);
  spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' });

  const first = start(['run', 'demo', '--', '--exit'], (text) => text.includes('Nightjar demo'));
  await first.ready;
  const installed = first.seconds();
  const code = await first.ended;
  const installing = installed.toFixed(0);
  tell(
    code === 0,
    `npm run demo -- --exit: ${String(code)}, in ${first.seconds().toFixed(0)} s, of which ${installing} s to install`,
  );
  tell(first.seconds() - installed < 60, 'the demo is through within 60 s after the installation');
  tell(first.output().includes(', 0 empty, 0 mixed'), 'readers met nothing empty and nothing mixed');
  await tellLeftovers('after its end');

  for (const [how, end] of /** @type {const} */ ([
    ['Ctrl-C', (/** @type {number} */ pid) => process.kill(-pid, 'SIGINT')],
    ['SIGTERM to npm', (/** @type {number} */ pid) => process.kill(pid, 'SIGTERM')],
    ['kill -9 of npm', (/** @type {number} */ pid) => process.kill(pid, 'SIGKILL')],
  ])) {
    const demo = start(['run', 'demo'], (text) => text.includes('The demo stays up'));
    await demo.ready;
    tell(
      demo.output().includes('The demo stays up'),
      `the demo lives another day (${demo.seconds().toFixed(0)} s)`,
    );
    end(demo.pid);
    await demo.ended;
    await tellLeftovers(how);
  }

  if (!process.argv.includes('--without-tests')) {
    const tests = start(['test']);
    const testCode = await tests.ended;
    tell(testCode === 0, `npm test: ${String(testCode)}, in ${tests.seconds().toFixed(0)} s`);
    await tellLeftovers('after the tests');
    if (testCode !== 0) console.log(tests.output().split('\n').slice(-80).join('\n'));
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = faults.length === 0 ? 0 : 1;
