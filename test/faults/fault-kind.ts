import type { MariadbAddress, PostgresAddress } from '../harness/address.ts';
import type { FaultArguments } from './arguments.ts';
import type { KindCount } from './tally.ts';

/** What every kind of fault is tried with. */
export interface FaultContext extends FaultArguments {
  /** Servers that no fault of this suite may hurt. */
  readonly postgres15: PostgresAddress;
  readonly postgres18: PostgresAddress;
  readonly mariadb: MariadbAddress;
  readonly say: (line: string) => void;
}

/** One kind of fault: tried in every way that it can be, each followed by the same questions. */
export interface FaultKind {
  /** As the table names it, and `--only`. */
  readonly name: string;
  /** Whether only the superuser of the machine can do it. */
  readonly needsRoot: boolean;
  tryAll(context: FaultContext, count: KindCount): Promise<void>;
}
