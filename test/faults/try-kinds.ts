/** Tries the kinds of fault that the arguments ask for, on servers that run.ts has started; prints the table. */
import { sharedServersSchema, SERVERS_VARIABLE } from '../harness/servers.ts';
import { faultArguments } from './arguments.ts';
import { faultKinds } from './fault-kinds.ts';
import { Tally } from './tally.ts';

const say = (line: string): void => {
  console.log(line);
};
const wanted = faultArguments(process.argv.slice(2));
const servers = sharedServersSchema.parse(JSON.parse(process.env[SERVERS_VARIABLE] ?? ''));
const kinds = faultKinds.filter(
  ({ name }) => wanted.only.length === 0 || wanted.only.some((part) => name.includes(part)),
);
const unable = process.getuid?.() === 0 ? [] : kinds.filter((kind) => kind.needsRoot);
say(
  `Seed ${wanted.seed}${wanted.long ? ', long' : ''}; ${kinds.length} of ${faultKinds.length} kinds of fault.`,
);
say(
  unable.length === 0
    ? 'What needs root (a small file system of its own) is among them.'
    : `Not tried, since it needs root: ${unable.map(({ name }) => name).join('; ')}.`,
);

const tally = new Tally(say);
for (const kind of kinds) {
  if (unable.includes(kind)) tally.skip(kind.name, 'it needs root');
  else await tally.time(kind.name, (count) => kind.tryAll({ ...wanted, ...servers, say }, count));
}
say('');
for (const line of tally.lines()) say(line);
process.exitCode = tally.violations === 0 ? 0 : 1;
