import { asNightjarError } from '../error/as-nightjar-error.ts';
import type { NightjarError } from '../error/nightjar-error.ts';
import { tablesBehind } from '../extract/tables-behind.ts';
import type { ConnectionDeclaration, Environment } from '../pipeline/deployment.ts';
import { missingSettings } from '../pipeline/missing-settings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { compareTables } from '../source/compare.ts';
import type { LiveTable, TableToRead } from '../source/source.ts';
import { connectSource } from './connect-source.ts';

export interface SourcesChecked {
  readonly faults: readonly NightjarError[];
  readonly tables: number;
  /** What could be looked at of the sources; `undefined` where not all of them could. */
  readonly estimate: SourceEstimate | undefined;
}

/** By the sources' own estimates. */
export interface SourceEstimate {
  readonly rows: number;
  /** Bytes that the raw tables and one generation take. */
  readonly roomNeeded: number;
}

/** A generation is about as large as what it is made from, and its indexes and the write-ahead log take their part. */
const roomFactor = 3;

/**
 * Compares the live sources with the declared tables and columns; reads no row. Every connection and every schema is
 * looked at, whatever is the matter with another.
 */
export async function checkSources(
  environment: Environment,
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<SourcesChecked> {
  const looks = await Promise.all(
    environment.connections.map((declaration) => {
      const tables = tablesBehind(declaration.name, environment, pipeline);
      return lookAt(declaration, tables, signal);
    }),
  );
  const found = looks.flatMap((look) => look.found);
  const sum = (of: (table: LiveTable) => number): number =>
    found.reduce((total, table) => total + of(table), 0);
  return {
    faults: looks.flatMap((look) => look.faults),
    tables: pipeline.tables.length,
    estimate:
      looks.every((look) => look.whole) && found.length === pipeline.tables.length
        ? {
            rows: sum((table) => table.estimatedRows),
            roomNeeded: sum((table) => table.estimatedBytes) * roomFactor,
          }
        : undefined,
  };
}

interface Look {
  readonly faults: readonly NightjarError[];
  /** The declared tables, as they are. */
  readonly found: readonly LiveTable[];
  /** Whether every schema could be looked at. */
  readonly whole: boolean;
}

async function lookAt(
  declaration: ConnectionDeclaration,
  tables: readonly TableToRead[],
  signal: AbortSignal,
): Promise<Look> {
  const unset = missingSettings(declaration);
  if (unset.length > 0) return { faults: unset, found: [], whole: false };
  const faults: NightjarError[] = [];
  const found: LiveTable[] = [];
  let whole = true;
  for (const schema of new Set(tables.map((table) => table.schema))) {
    try {
      const live = await connectSource(declaration).describe(schema, signal);
      const here = tables.filter((table) => table.schema === schema);
      faults.push(...compareTables(declaration.name, here, live));
      found.push(
        ...live.tables.filter((table) => here.some(({ declared }) => declared.table === table.table)),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const fault = asNightjarError(error, 'the check of the sources');
      faults.push(fault);
      whole = false;
      // What keeps us from connecting keeps us from every schema.
      if (noWayIn.has(fault.code)) break;
    }
  }
  return { faults, found, whole };
}

const noWayIn: ReadonlySet<string> = new Set([
  'NJ-SOURCE-UNREACHABLE',
  'NJ-SOURCE-DENIED',
  'NJ-SOURCE-NO-DATABASE',
  'NJ-SOURCE-DATABASE-DENIED',
  'NJ-SOURCE-UNENCRYPTED',
  'NJ-SOURCE-ENCODING',
]);
