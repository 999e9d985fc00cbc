import type { Node, SelectStmt, SortBy, WindowDef } from 'libpg-query';
import type { FaultList } from '../fault-list.ts';
import { now, type Later } from './later.ts';
import type { Fact, Output, Relation, Scope } from './relation.ts';
import type { SqlText } from './sql-text.ts';
import type { Value } from './value.ts';

/** The common table expressions that a query sees, nearest first. */
export interface CommonTables {
  readonly name: string;
  readonly output: Output;
  readonly next: CommonTables | undefined;
}

/** A raw table, seed or dataset. */
export type StoredTables = ReadonlyMap<string, Output>;

/** One SELECT … FROM … on the way through it. */
export interface Block {
  /** Everything in FROM. */
  readonly relations: readonly Relation[];
  readonly facts: Later<readonly Fact[]>;
  readonly scope: Scope;
  /** The GROUP BY; empty for one group of all rows; `undefined` where rows are not grouped. */
  readonly group: Later<readonly OrderTerm[]> | undefined;
  /** Grouped in several ways at once: nothing tells the rows apart. */
  readonly groupingSets: boolean;
  readonly windows: ReadonlyMap<string, WindowDef>;
  /** The expressions that are selected. */
  readonly targets: readonly Node[];
  readonly commonTables: CommonTables | undefined;
  /** Checks that wait until the whole block is known. */
  readonly deferred: (() => void)[];
  /** Expressions that have been gone through; `loudly` where what is wrong in them has been reported. */
  readonly known: Map<Node, { readonly value: Value; readonly loudly: boolean }>;
}

/** A place without grouping, windows and targets of its own: ON, a lateral function, VALUES. */
export function plainBlock(scope: Scope, commonTables: CommonTables | undefined): Block {
  return {
    relations: scope.relations,
    facts: now([]),
    scope,
    group: undefined,
    groupingSets: false,
    windows: new Map(),
    targets: [],
    commonTables,
    deferred: [],
    known: new Map(),
  };
}

/** An expression that orders, groups or partitions. */
export interface OrderTerm {
  /** Equal for equal expressions; a column's id where it is one. */
  readonly text: string;
  readonly value: Value;
}

/** What going through a statement needs and finds. */
export interface Context {
  readonly sql: SqlText;
  readonly faults: FaultList;
  /** False where faults go nowhere: the same place is gone through again, and reported then. */
  readonly loudly: boolean;
  readonly stored: StoredTables;
  /** Beginnings of names that may belong to a table of a source that could not be read. */
  readonly doubtfulPrefixes: readonly string[];
  /** Raw tables, seeds and datasets that the statement names, and where it first does (bytes). */
  readonly tables: Map<string, number>;
  readonly nextRelation: () => number;
  // Queries hold expressions and expressions hold queries: each is handed to the other here.
  readonly infer: (node: Node, block: Block, context: Context) => Value;
  readonly select: (statement: SelectStmt, surroundings: Surroundings, context: Context) => Output;
}

/** Where a query stands. */
export interface Surroundings {
  readonly outer: Scope | undefined;
  readonly commonTables: CommonTables | undefined;
  readonly use: SelectUse;
}

/** `exists`: only whether there is a row counts, not which nor what is in it. */
export type SelectUse = 'rows' | 'exists';

export function sortTerms(nodes: readonly Node[] | undefined): readonly SortBy[] {
  return (nodes ?? []).flatMap((node) => ('SortBy' in node ? [node.SortBy] : []));
}
