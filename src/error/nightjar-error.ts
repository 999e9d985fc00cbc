import { catalogue, type DetailsOf, type ErrorCode } from './catalogue.ts';
import type { ErrorClass, ErrorDefinition } from './definition.ts';

/** Where in a file something was found: both counted from 1. */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The only error that Nightjar throws on purpose. Its message is made from the catalogue and holds no row value and no
 * secret. A foreign error is never its `cause`: databases put row values into DETAIL, CONTEXT and HINT; what may be
 * kept of one (a code) is among the details.
 */
export class NightjarError extends Error {
  override readonly name = 'NightjarError';
  readonly code: ErrorCode;
  readonly class: ErrorClass;
  readonly remedy: string;
  readonly position: FilePosition | undefined;
  /** Of a fault of ours that took the place of a foreign error: the lines of our code that that one came from. */
  readonly lines: readonly string[] | undefined;

  constructor(
    code: ErrorCode,
    errorClass: ErrorClass,
    sentence: string,
    remedy: string,
    position?: FilePosition,
    lines?: readonly string[],
  ) {
    super(sentence);
    this.code = code;
    this.class = errorClass;
    this.remedy = remedy;
    this.position = position;
    this.lines = lines;
  }
}

const definitions: { readonly [Code in ErrorCode]: ErrorDefinition<DetailsOf<Code>> } = catalogue;

/** Makes the error of a code from what its sentence needs. */
export function nightjarError<Code extends ErrorCode>(
  code: Code,
  details: DetailsOf<Code>,
  position?: FilePosition,
  lines?: readonly string[],
): NightjarError {
  const definition = definitions[code];
  return new NightjarError(
    code,
    definition.class,
    definition.sentence(details),
    definition.remedy,
    position,
    lines,
  );
}
