/** Says what it was started with, then does what its first argument says. */
const [, , what = '', ...rest] = process.argv;
const path = (process.env['PATH'] ?? '').split(':');
if (what === 'wait') {
  const timer = setInterval(() => undefined, 60_000);
  process.on('SIGTERM', () => {
    process.stdout.write('told to end\n');
    clearInterval(timer);
    process.exitCode = 9;
  });
} else if (what === 'die') process.kill(process.pid, 'SIGKILL');
else process.exitCode = Number(what);
// Last: whoever reads it may answer with a signal at once.
process.stdout.write(JSON.stringify({ version: process.version, path, rest }) + '\n');
