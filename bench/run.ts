/**
 * npm run bench [-- --only NAME] [--quick] [--json]
 *
 * Measures against the bars that the project has set itself, all in one run on this machine. Exit 1 where one does not
 * hold, 2 where a server is missing or a name is wrong. Not part of the tests: a busy machine would fail them.
 */
import { parseArgs } from 'node:util';
import { installNeededPrograms } from '../test/harness/needed-programs.ts';
import { holds, type Figure, type Measure } from './measure.ts';
import { publication } from './measures/publication.ts';
import { startUp } from './measures/start-up.ts';
import { wholeNight } from './measures/whole-night.ts';
import { wideExtract } from './measures/wide-extract.ts';
import { startServers } from './servers.ts';

const measures: readonly Measure[] = [startUp, wideExtract, publication, wholeNight];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const chosen = measures.filter((measure) => values.only === undefined || measure.name === values.only);
if (chosen.length === 0) {
  process.stderr.write(
    `There is no measure ${values.only ?? ''}; there are ${measures.map((one) => one.name).join(', ')}.\n`,
  );
  process.exit(2);
}

const say = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};
const missing = installNeededPrograms(say);
if (missing !== undefined) {
  say(missing);
  process.exit(2);
}
await using servers = await startServers();
let failed = 0;
for (const measure of chosen) {
  say(`— ${measure.name}`);
  for (const figure of await measure.run({ ...servers, quick: values.quick, say })) {
    if (!holds(figure)) failed += 1;
    print(figure);
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function print(figure: Figure): void {
  const ok = holds(figure);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ ...figure, bar: figure.bar ?? null, holds: ok })}\n`);
    return;
  }
  const bar = figure.bar === undefined ? '' : `  (${figure.bar.kind} ${figure.bar.at})`;
  const mark = figure.bar === undefined ? ' ' : ok ? '✓' : '✗';
  process.stdout.write(`${mark} ${figure.measure}: ${figure.value.toFixed(2)} ${figure.unit}${bar}\n`);
}
