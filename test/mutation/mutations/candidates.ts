import type { Mutation } from '../mutation.ts';

const failures = 'test/night/failures.test.ts';

/** What is asked of what was read and of what was built. */
export const candidateMutations: readonly Mutation[] = [
  {
    what: 'raw rows that are lost are missed',
    file: 'src/night/read-sources.ts',
    ...{ old: 'await compareRawTables(session, run);', by: '' },
    ...{ test: 'test/night/crashed-warehouse.test.ts', named: 'a raw table that lost its rows' },
  },
  {
    what: 'all rows that MySQL counted arrived',
    file: 'src/source/mysql/read-table.ts',
    ...{ old: 'if (counted !== String(received)) {', by: 'if (counted === null) {' },
    ...{ test: 'test/source/mysql-faults.test.ts', named: 'rows that are lost on the way' },
  },
  {
    what: 'a table that is renamed into the place of another under a snapshot of MySQL',
    file: 'src/source/mysql/read-table.ts',
    ...{ old: 'await checkNotReplaced(session, table, reading.made);', by: '' },
    ...{ test: 'test/source/mysql-snapshots.test.ts', named: 'in whose place another was put' },
  },
  {
    what: 'positions are trusted where every commit moves them',
    file: 'src/source/mysql/equal-snapshots.ts',
    ...{ old: "return logged === 'ON';", by: 'return true;' },
    ...{ test: 'test/source/mysql-snapshots.test.ts', named: 'positions prove nothing on a replica' },
  },
  {
    what: 'a table that is truncated or replaced under a snapshot of PostgreSQL',
    file: 'src/source/postgres/read-table.ts',
    ...{ old: 'if (files !== reading.files)', by: 'if (files === undefined)' },
    ...{ test: 'test/source/postgres-read.test.ts', named: 'under the snapshot breaks it' },
  },
  {
    what: 'a table that changes under a snapshot of MySQL',
    file: 'src/source/mysql/fault.ts',
    ...{ old: 'const tableChanged = 1412;', by: 'const tableChanged = 0;' },
    ...{ test: 'test/night/bad-input.test.ts', named: 'a table that changes under the snapshot' },
  },
  {
    what: 'what is declared is compared with the live table',
    file: 'src/source/postgres/read-table.ts',
    ...{ old: 'if (difference !== undefined) throw difference;', by: '' },
    ...{ test: 'test/source/postgres-read.test.ts', named: 'a type that changes under the snapshot' },
  },
  {
    what: 'how far apart snapshots may lie',
    file: 'src/extract/extract.ts',
    ...{ old: "if (skew.seconds > skew.limit) throw nightjarError('NJ-SOURCE-SKEW', skew);", by: '' },
    ...{ test: 'test/night/skew.test.ts', named: 'snapshots that lie further apart' },
  },
  {
    what: 'how many repaired cells a contract accepts',
    file: 'src/night/check-repairs.ts',
    ...{ old: 'if (cells <= limit) continue;', by: 'continue;' },
    ...{ test: 'test/night/repairs.test.ts', named: 'more repaired cells' },
  },
  {
    what: 'beyond this machine nothing goes in clear',
    file: 'src/pipeline/encryption.ts',
    ...{ old: 'return isLoopback(host) ? undefined : { ca: undefined };', by: 'return undefined;' },
    ...{ test: 'test/night/encryption.test.ts', named: 'beyond this machine|a server beyond' },
  },
  {
    what: 'columns and types are those of the contract',
    file: 'src/build/prove.ts',
    ...{
      old: 'if (difference === undefined) return undefined;',
      by: 'if (difference !== "") return undefined;',
    },
    ...{ test: failures, named: 'each failure is one coded error' },
  },
  {
    what: 'a join changes no number of rows',
    file: 'src/audit/grain.ts',
    ...{ old: 'if (rows + missing === expected) return [];', by: 'return [];' },
    ...{ test: failures, named: 'each failure is one coded error' },
  },
  {
    what: 'no row is lost on the way from the SELECT',
    file: 'src/audit/audit.ts',
    ...{ old: 'if (rows === read - leftOut - erased) return [];', by: 'return [];' },
    ...{ test: 'test/audit/counts.test.ts', named: 'a row that is lost on the way' },
  },
  {
    what: 'a key is complete',
    file: 'src/audit/measure.ts',
    ...{ old: 'return rows === 0 ? [] :', by: 'return rows >= 0 ? [] :' },
    ...{ test: failures, named: 'each failure is one coded error' },
  },
  {
    what: 'a key is no other row’s, nor that of a broken one',
    file: 'src/audit/hold-rows.ts',
    ...{ old: 'if (faults.length > 0) return { rows: { held: 0, leftOut: 0 }, faults };', by: '' },
    ...{ test: 'test/audit/held-rows.test.ts', named: 'two rows with one key' },
  },
  {
    what: 'a row that breaks its contract is not published',
    file: 'src/audit/examine.ts',
    ...{ old: 'const isWhole = measured.broken === 0 &&', by: 'const isWhole =' },
    ...{ test: 'test/audit/data-faults.test.ts', named: 'those who can mend' },
  },
];
