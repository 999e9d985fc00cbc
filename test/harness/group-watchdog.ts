/**
 * A program of its own: kills a group of processes when its standard input ends without a word, that is, when the test
 * runner was killed. A test in the middle of a long wait would otherwise go on without anyone to listen.
 */
const group = Number(process.argv[2]);
let released = false;
process.on('SIGINT', () => undefined);
process.stdin.on('data', () => (released = true));
process.stdin.on('end', () => {
  if (released) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
});
