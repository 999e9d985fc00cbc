import type { CommanderError } from 'commander';
import { nightjarError } from '../error/nightjar-error.ts';
import { Output } from './output.ts';

/** Answers wrong use for programs: one object, as of every other error. */
export function tellWrongUse({ message }: CommanderError): void {
  const words = message.replace(/^error: /, '');
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
    .replaceAll('\n', ' ')
    .replace(/\.?$/, '.');
  new Output(true).complain(nightjarError('NJ-USE-COMMAND', { sentence }));
}
