import { catalogue, isErrorCode, type DetailsOf, type ErrorCode } from '../error/catalogue.ts';
import type { ErrorClass, ErrorDefinition } from '../error/definition.ts';

const classMeanings: Readonly<Record<ErrorClass, string>> = {
  transient: 'the same attempt may pass in a moment',
  use: 'the command must be given otherwise',
  source: 'someone must mend the source, the warehouse or the files first',
  contract: 'the data break their contract; nothing was published',
  guard: 'a judgement stopped the publication; a person decides',
  release: 'this release of Nightjar or of the pipeline cannot do what is asked of it',
  capacity: 'a disk, a limit or a connection slot is used up',
  bug: 'ours: please report it',
};

export interface Explanation<Code extends ErrorCode = ErrorCode> {
  readonly code: Code;
  readonly class: ErrorClass;
  readonly classMeaning: string;
  /** The sentence of a made-up occasion. */
  readonly example: string;
  readonly remedy: string;
}

const definitions: { readonly [Code in ErrorCode]: ErrorDefinition<DetailsOf<Code>> } = catalogue;

/** What the catalogue says of a code, without the details of one occasion. */
export function explanation<Code extends ErrorCode>(code: Code): Explanation<Code> {
  const definition = definitions[code];
  return {
    code,
    class: definition.class,
    classMeaning: classMeanings[definition.class],
    example: definition.sentence(definition.example),
    remedy: definition.remedy,
  };
}

/** Every code there is, in alphabetical order. */
export function errorCodes(): readonly ErrorCode[] {
  return Object.keys(catalogue)
    .filter((code) => isErrorCode(code))
    .sort();
}
