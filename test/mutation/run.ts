/**
 * npm run test:mutation [-- WORD --tests-passed]
 *
 * Takes each guard, fence and gate out in turn, in a copy of the project, and runs the tests that should see it. Exits 1 where
 * one lives on unseen. A word tries only those whose matter holds it.
 *
 * What fails as it is would see anything, so that each test runs with nothing taken out first. Where npm test has just passed
 * on the same files (`--tests-passed`), one test shows for each copy that it can be tested there.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runInGroup } from '../harness/group.ts';
import { inLanes } from '../harness/lanes.ts';
import { installNeededPrograms } from '../harness/needed-programs.ts';
import { startSharedServers, withoutColours } from '../harness/shared-servers.ts';
import type { Mutation } from './mutation.ts';
import { mutations } from './mutations.ts';

const root = join(import.meta.dirname, '../..');
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    interruption.abort(signal);
  });

const { values, positionals } = parseArgs({
  options: { 'tests-passed': { type: 'boolean', default: false } },
  allowPositionals: true,
});
process.exitCode = await main(positionals[0] ?? '', values['tests-passed']);

async function main(word: string, testsPassed: boolean): Promise<number> {
  const missing = installNeededPrograms();
  if (missing !== undefined) {
    console.log(missing);
    return 1;
  }
  await using servers = await startSharedServers('mutation');
  // What is taken out of one copy is not seen in the other; the tests mostly wait.
  const copies = ['copy-1', 'copy-2', 'copy-3'].map((name) => join(servers.folder, name));
  for (const copy of copies) await copyProject(copy);
  const environment = { ...withoutColours, ...servers.environment };
  const chosen = mutations.filter(({ what }) => what.includes(word));
  const controls = [...new Map(chosen.map((mutation) => [mutation.test, mutation])).values()];
  if (testsPassed) {
    const [control] = controls;
    if (control !== undefined)
      await Promise.all(copies.map((copy) => passesAsItIs(copy, control, environment)));
  } else await inLanes(copies, controls, (copy, control) => passesAsItIs(copy, control, environment));
  let survivors = 0;
  await inLanes(copies, chosen, async (copy, mutation) => {
    const seenBy = await killer(copy, mutation, environment);
    if (seenBy === undefined) survivors++;
    console.log(
      seenBy === undefined
        ? `✖ ${mutation.what}: taken out, and ${mutation.test} has not seen it`
        : `✔ ${mutation.what} → ${seenBy}`,
    );
  });
  console.log(
    survivors === 0
      ? `✔ ${chosen.length} guards, fences and gates: each is missed by a test.`
      : `✖ ${survivors} of ${chosen.length} would not be missed.`,
  );
  return survivors === 0 && chosen.length > 0 ? 0 : 1;
}

/** What is in Git or would be, beside the packages that are installed here. */
async function copyProject(copy: string): Promise<void> {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root });
  for (const file of listed.stdout.toString().split('\0')) {
    if (file === '') continue;
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(root, file), join(copy, file)).catch(() => undefined);
  }
  for (const folder of ['node_modules', 'test/postgres-15/node_modules', 'runtime/node_modules'])
    await symlink(join(root, folder), join(copy, folder)).catch(() => undefined);
}

/** The name of the first test that fails without it; `undefined` where none does. Fails where it is not there to be taken. */
async function killer(
  copy: string,
  mutation: Mutation,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const { what, file, old, by } = mutation;
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  if (text.split(old).length !== 2) throw new Error(`${what}: ${file} does not hold its text once.`);
  await writeFile(
    path,
    text.replace(old, () => by),
  );
  try {
    return await firstFailure(copy, mutation, environment);
  } finally {
    await writeFile(path, text);
  }
}

async function passesAsItIs(copy: string, control: Mutation, environment: NodeJS.ProcessEnv): Promise<void> {
  const failing = await firstFailure(copy, control, environment);
  if (failing !== undefined) throw new Error(`With nothing taken out, this fails: ${failing}`);
}

async function firstFailure(
  copy: string,
  { what, test, named }: Mutation,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const { code, output } = await runInGroup(
    process.execPath,
    // One of the two versions of PostgreSQL is enough for it to be missed.
    [
      ...['--test', '--test-reporter=spec', `--test-name-pattern=${named}`, '--test-skip-pattern=, on 15$'],
      join(copy, test),
    ],
    { capture: true, environment, signal: interruption.signal },
  );
  // Where no test has such a name the file itself counts as one.
  if (!new RegExp(`^\\s*[✔✖▶] .*(${named})`, 'm').test(output))
    throw new Error(`${what}: no test of ${test} is named "${named}".`);
  return code === 0 ? undefined : (/^\s*✖ (.+?) \([\d.]+ms\)$/m.exec(output)?.[1] ?? test);
}
