import type { Session } from '../warehouse/session.ts';

/** A row with a fault that someone can mend. */
export interface ListedFault {
  readonly office: string | null;
  readonly dataset: string;
  readonly fault: string;
  readonly key: Readonly<Record<string, unknown>>;
  /** The first night of an unbroken row of nights that had it. */
  readonly since: string;
}

/** How many rows of a dataset have a fault. */
export interface FaultCount {
  readonly dataset: string;
  readonly fault: string;
  readonly rows: number;
}

/** The faults of a generation, counted. */
export async function faultCounts(session: Session, generation: number): Promise<readonly FaultCount[]> {
  return session.query<{ dataset: string; fault: string; rows: number }>(
    'the count of faults',
    'select dataset, fault, rows from nightjar.data_fault_count where generation = $1 order by 1, 2',
    [generation],
  );
}

/** By name. */
export async function officesWithFaults(session: Session, generation: number): Promise<readonly string[]> {
  const rows = await session.query<{ office: string }>(
    'the offices of faults',
    'select distinct office from nightjar.data_fault where generation = $1 and office is not null order by 1',
    [generation],
  );
  return rows.map(({ office }) => office);
}

/**
 * The faults of a generation, row by row, by who can mend them.
 *
 * @param office of this one only; `undefined`: of all.
 */
export async function* listFaults(
  session: Session,
  generation: number,
  office: string | undefined,
): AsyncGenerator<ListedFault, void, void> {
  for await (const fault of session.rows<{
    office: string | null;
    dataset: string;
    fault: string;
    key: Readonly<Record<string, unknown>>;
    since: string;
  }>(
    'the list of faults',
    `select office, dataset, fault, key, since::text from nightjar.data_fault where generation = ${generation}
      order by office nulls last, dataset, fault, key`,
  )) {
    if (office === undefined || fault.office === office) yield fault;
  }
}
