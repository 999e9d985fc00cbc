/**
 * `nightjar … | head` closes our output before we have said everything. That is not an error, and a run goes on: what
 * is left to say goes nowhere.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
