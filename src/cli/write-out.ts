/**
 * Writes to standard output, and waits where its reader is slower than we are. False once nobody reads any more
 * (`… | head`): that is the end of the output, and no error.
 */
export function writeOut(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      resolve(error === null || error === undefined);
    });
  });
}
