/**
 * Loaded into the program before it starts: when the process that handed over to it dies without a word (`kill -9`),
 * the program is told to end, as if by SIGTERM, and ends at once if it does not.
 */
import { Socket } from 'node:net';

const PATIENCE_MS = 60_000;

const pipe = process.env['NIGHTJAR_PARENT_PIPE'];
if (pipe !== undefined) {
  // Not for our own children, whose third pipe is something else.
  delete process.env['NIGHTJAR_PARENT_PIPE'];
  const socket = new Socket({ fd: Number(pipe) });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
  });
  socket.resume();
  socket.unref();
}
