/** Runs a program that never ends in a group of its own; that program says its process number. */
import { runInGroup } from '../../harness/group.ts';

const endless =
  "console.log(process.pid); process.on('SIGINT', () => undefined); setInterval(() => {}, 60_000)";
await runInGroup(process.execPath, ['-e', endless], { capture: false, signal: new AbortController().signal });
