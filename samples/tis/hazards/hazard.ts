import type { DatabaseName } from '../schema/table.ts';
import type { World } from '../world/world.ts';
import type { PersonPart } from './parts.ts';

export type System = 'mysql' | 'postgres';

/** A fault of the real data that the sample has in a known number. */
export interface Hazard {
  /** Which of the catalogued hazards it is an instance of, `H1` to `H25`. */
  readonly hazard: string;
  readonly name: string;
  /** What is counted. */
  readonly sentence: string;
  count(world: World, system: System): number;
  /** A query that finds them: one row, one column `found`. */
  sql(facts: HazardFacts): string;
}

/** What a query needs to know; the functions differ between the systems. */
export interface HazardFacts {
  readonly world: World;
  readonly system: System;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly t: (database: DatabaseName, table: string) => string;
  /** A text that is no whole number: no sign, no blank, nothing but digits. */
  readonly notDigits: (expression: string) => string;
  /** Equality to the letter; MySQL's usual collation takes `Dr` for `DR`. */
  readonly exactly: (expression: string, text: string) => string;
  readonly textOf: (expression: string) => string;
  /** Ids of the persons who bear a part, `1, 2, 3`. */
  readonly persons: (part: PersonPart) => string;
}

/** Rows of one table that meet a condition. */
export function countRows(table: string, condition: string): string {
  return `SELECT COUNT(*) AS found FROM ${table} x WHERE ${condition}`;
}

/** Groups of rows that meet a condition. */
export function countGroups(table: string, by: string, condition: string, having: string): string {
  return `SELECT COUNT(*) AS found FROM (SELECT ${by} FROM ${table} x WHERE ${condition} GROUP BY ${by} HAVING ${having}) g`;
}
