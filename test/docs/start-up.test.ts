import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { engineVersion } from '../../src/pipeline/engine-version.ts';
import { projectRoot } from './page.ts';

const main = join(projectRoot, 'src/cli/main.ts');

/** Tells of every module that is loaded, on standard error. */
const tellLoads = `data:text/javascript,${encodeURIComponent(
  "import { registerHooks } from 'node:module';" +
    "registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });",
)}`;

// Help and wrong use must answer at once. A clock in a test would say something about the machine; this does not.
test('help loads the commands and nothing that they work with', async () => {
  const { errors } = await run(['--import', tellLoads, main, '--help']);
  const loaded = errors.split('\n').filter((url) => url.startsWith('file:'));
  assert.ok(
    loaded.some((url) => url.endsWith('/src/cli/program.ts')),
    'the hook saw nothing',
  );
  const light =
    /\/src\/cli\/|\/node_modules\/commander\/|\/src\/pipeline\/(nearest-name|engine-version)\.ts$|\/package\.json$/;
  const heavy = loaded.filter((url) => !light.test(url));
  assert.deepEqual(heavy, []);
});

test('a reader that goes away is no error', async () => {
  const { code, errors } = await run([main, '--help'], { closeOutput: true });
  assert.equal(errors, '');
  assert.equal(code, 0);
});

test('the version is that of package.json', async () => {
  const { code, output } = await run([main, '--version']);
  assert.equal(output, `${engineVersion}\n`);
  assert.match(engineVersion, /^\d+\.\d+\.\d+/);
  assert.equal(code, 0);
});

test('help shows what a command takes, as the option does', async () => {
  const { code, output } = await run([main, 'help', 'generations', 'show']);
  assert.equal(output, (await run([main, 'generations', 'show', '--help'])).output);
  assert.match(output, /^Usage: nightjar generations show /);
  assert.equal(code, 0);
});

for (const [words, answer] of [
  ['chek', 'Did you mean check?'],
  ['generations rollbak', 'Did you mean "nightjar generations rollback"?'],
  ['generations lst', 'unknown command \'lst\'\n(Did you mean "nightjar generations list"?)'],
  [
    'generations show abc',
    "for argument 'generation'. It must be a whole number, that of a generation, such as 42.",
  ],
  ['hold shw', 'Did you mean "nightjar hold show"?'],
  ['hold aprove gone:person --reason x', 'Did you mean "nightjar hold approve"?'],
  ['help statsu', 'unknown command \'statsu\'\n(Did you mean "nightjar status"?)'],
  ['help generations shw', 'Did you mean "nightjar generations show"?'],
  ['generations 42', 'Did you mean "nightjar generations show 42"?'],
  ['run staging', 'Did you mean "nightjar run -e staging"?'],
  ['status --jsn', 'Did you mean --json?'],
  ['demo hrt', 'Did you mean "nightjar demo hurt"?'],
  ['run --night 2026-02-30', 'It must be a date of the calendar'],
  ['read', '"nightjar read --help" shows how'],
] as const) {
  test(`nightjar ${words}`, async () => {
    const { code, errors } = await run([main, ...words.split(' ')]);
    assert.ok(errors.includes(answer), errors);
    assert.equal(code, 2);
  });
}

async function run(
  args: readonly string[],
  options: { readonly closeOutput?: boolean } = {},
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  if (options.closeOutput === true) child.stdout.destroy();
  else child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, output, errors };
}
